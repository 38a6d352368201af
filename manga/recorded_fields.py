"""Which fields every value wrote when works were first recorded (commit 8380872, `tests/recorded`), by class.

Digests are taken of whole JSON, and pictures that were paid for are found by them. So a field that has come since is
left out of the JSON at its default (`manga.values`): it changes no digest of what was made before. The fields listed
here go on being written, whatever they hold. Nothing is added to a class that is here. Who renames a class renames it
here too. A class that has come since writes all its fields until it gets a line, before its first new field.
"""

from typing import Final

FIELDS: Final[dict[str, str]] = {
    "Act": "name scenes",
    "Address": "page panel kind text",
    "At": "x y",
    "Balloon": "key panel line kind speaker confidence outline polygon tail_tip aims_at joins text order",
    "Beat": "key span told lines present emotion importance action deeds changes props sound reveal",
    "BeatDraft": "evidence lines present emotion importance action deeds changes props sound reveal hook cut",
    "BeforePage": "before",
    "BeforePanel": "page before",
    "BeforeScene": "before",
    "Book": "title author direction pages exports report degraded",
    "BookPage": "number side graph image",
    "BookPlan": "pages sides",
    "BookView": "phase language title people scenes pages panels lines",
    "Border": "edge side by_mm",
    "Breakout": "character outlines",
    "BreakoutRoom": "character top right bottom left standing",
    "Brief": "text request_id ai_auto_settings feedback_mode settings",
    "Cast": "characters",
    "Change": "who aspect to words span",
    "ChangeDraft": "who aspect to words",
    "Character": (
        "key name aliases role age_text personality speech look description costume reference_images mentions"
    ),
    "Concept": "title author logline theme genres target_readers world mood art_style direction start_side language",
    "ConfirmAnswer": "action text",
    "Deed": "who action thing span",
    "DeedDraft": "who action thing",
    "Device": "memory_gb cores kbit_s multiplier",
    "DialogueLayout": "parts",
    "_Drawn": "png pdf graph ink",
    "EdgePoint": "edge along",
    "Edit": "id change_type phase element_key change_data base_version author retired wishes anchors",
    "EditorNote": "page panel fault phase",
    "EditorNotes": "notes",
    "Entry": "scene place who name costume begins changes",
    "Estimate": "pages panels sheets images text_calls estimated_usd seconds unpriced",
    "Export": "format name blob sha256 bytes status",
    "FeedbackMode": "enabled timeout_seconds on_timeout confirm_plans",
    "FigureAnchors": "character body head face mouth hands",
    "FigureDirection": "character x depth facing expression pose holds",
    "Fix": "change_type element_id change_data label",
    "Gate": "name value gate ok pages",
    "Glyph": "text face at size_mm vertical box turn stretch",
    "_Kept": "blob width height",
    "KeptSheet": "digest blob media_type take made refused accepted",
    "Lettering": "pages base_size_q warnings",
    "LetteringChanges": "changes sounds",
    "LetteringProposal": "changes sounds",
    "Limits": "pages panels",
    "Line": "key kind text ruby span speaker confidence addressee",
    "LineDraft": "text kind speaker confidence addressee",
    "LinePart": "key line kind text ruby span speaker confidence off_panel place",
    "LineView": "key address panel line kind text speaker",
    "Look": (
        "kind gender age build hair_style hair_color eyes brows facial_hair glasses hat outfit outfit_tone marks seed"
    ),
    "Made": "model prompt_hash cache_hit level attempts cost_usd seconds reason found_by missing blob bytes",
    "Move": "dx_mm dy_mm",
    "Neighbour": "number told scenes weights hook",
    "NewChange": "who aspect to words",
    "NewLine": "text kind speaker index key",
    "NewPage": "before key shot angle seen setting place time_of_day weather background effects importance page",
    "NewPanel": "before key shot angle seen setting place time_of_day weather background effects importance",
    "NewSound": "panel text key",
    "Outline": "scenes pages",
    "OutlineBeat": "key told present emotion importance reveal lines",
    "OutlineScene": "key place time_of_day importance emotion flashback what_happens beats",
    "PageDraft": "key number panels",
    "PageGraph": (
        "schema_version kind key number side direction paper trim bleed live language title panels balloons sfx folio"
    ),
    "PageLettering": "page balloons sfx",
    "PagePlan": "number beats hook",
    "PageTask": "number beats weights big hook pace lines pieces turned",
    "PageView": "key number panels",
    "PanelArt": "panel status blob media_type width height figures ink made digest take",
    "PanelBrief": (
        "panel width_mm height_mm outline direction cast continuity speakers art_style period color take seed"
    ),
    "PanelDraft": "key beats scene role importance direction dialogue",
    "PanelFrame": "key polygon importance bleeds borderless",
    "PanelLayout": "frames flow emphasis",
    "PanelNode": (
        "key address polygon borderless bleeds importance role shot fixed_camera flashback scene speakers picture "
        "media_type picture_box figures placeholder spans"
    ),
    "PanelView": "key address page scene people",
    "Paper": "name trim_width_mm trim_height_mm live_width_mm live_height_mm bleed_mm text_margin_mm",
    "PartChange": "key text kind speaker place off_panel right down scale removed",
    "PartProposal": "key kind text readings",
    "Person": "key name aliases role age_text personality speech",
    "PersonView": "key name aliases role kind gender age",
    "Picture": "blob media_type width height ink",
    "PictureChange": "panel direction again",
    "PictureChanges": "changes",
    "Placing": "x y scale turn_deg tip runs ink",
    "Plan": "items question",
    "PlanItem": "phase instruction scope reason edit",
    "PlannedPage": "number beats weights big hook pace",
    "Plot": "acts scenes pages cuts",
    "PlotDraft": "scenes pages",
    "PreviewImage": "page blob media_type width height level",
    "ProofPage": "number turned panels",
    "ProofPanel": "key role importance seen texts",
    "ProofPart": "speaker kind text",
    "Proofread": "answer given failed",
    "Proposed": "answer given failed",
    "QualityReport": "gates cuts placeholders doubtful_lines missing warnings",
    "Reading": "word reading",
    "Rect": "x y width height",
    "Refusal": "wish reason kept",
    "Remark": "rule page panel element reason fix",
    "ReviewAnswer": "action text edits undo confirm",
    "Row": "key text speaker kind",
    "Ruby": "start end reading",
    "Scene": (
        "key heading place setting time_of_day weather present what_happens emotion importance flashback beats "
        "page_budget people staging things shot angle background proportion"
    ),
    "SceneDirection": (
        "shot angle figures place setting background props time_of_day weather emotion effects lighting seen "
        "fixed_camera flashback"
    ),
    "SceneDraft": "key place setting time_of_day weather what_happens emotion importance flashback goes_on beats",
    "SceneView": "key heading place setting",
    "SentEdit": "change_type element_id element_key change_data base_version phase id author retired wishes anchors",
    "_Set": "page warnings",
    "Settings": (
        "title author language pages fidelity direction start_side paper style color ruby punctuation seed max_images "
        "max_cost_usd"
    ),
    "Sfx": "key panel text outline polygon style layer span",
    "SheetBrief": "character art_style period color take seed",
    "Sides": "scene read_first read_last",
    "Source": "title author language text rubies headings",
    "Span": "start end",
    "SpeechStyle": "first_person endings politeness",
    "Split": "a b lines start end key",
    "Standing": "id element phase change_type fields status reason author numbers",
    "State": "changes",
    "StoryPage": "key number side layout panels",
    "Storyboard": "pages",
    "StoryboardDraft": "pages",
    "StoryboardPages": "pages",
    "Strip": "title panels",
    "StripHead": "panel title box",
    "StripTitle": "panel text",
    "TextRun": "source span vertical size_q glyphs ruby box",
    "Tip": "x_mm y_mm",
    "ToPanel": "panel index",
    "WishedEdit": "change_type phase element_key change_data",
    "World": "place period rules",
}
