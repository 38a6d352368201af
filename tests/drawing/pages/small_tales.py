"""Small tales made for these tests: who and what they are about has to be on their pages."""

from typing import Final

CHESTNUTS: Final = """栗の番

　むかし、山の村のはずれに、小太という子狐がいました。
　小太は親のない狐で、ひとりで穴の中にすんでいました。
　ある秋の朝、小太は村へおりて来て、弥平という炭焼きの家をのぞきました。
「おっ母の薬を買う金がない」と弥平は言いました。
　小太は川へ走って行き、弥平のかけておいた籠から魚をつかみ出して、みんな川の中へ投げました。
　そこへ弥平が来て、
「この悪狐め」とどなりました。
　小太はとびあがって、草の中を逃げて行きました。
　十日ほどたって、小太は村の墓地に白い着物の人たちを見ました。
「ああ、弥平のおっ母が死んだのだ」と小太は思いました。
　その晩、小太は穴の中にすわって考えました。
「おれが魚をとらなければ、薬が買えたのに」
　つぎの朝、小太は山で栗をたくさんひろって、それをかかえて、弥平の家へ行きました。
　弥平は土間で縄をなっていました。小太は栗を戸口において、そっと帰りました。
　つぎの日も、そのつぎの日も、小太は栗をもって行きました。
「だれが栗をくれるのだろう」と弥平は首をかしげました。
「神さまかもしれないね」ととなりの婆さまが言いました。
　小太は縁の下で聞いて、耳をふせました。
　その晩、小太は栗をかかえて、うら口から入りました。
「だれだ」
　弥平はふりむきました。小狐が栗を両手にもって、立っていました。
「おまえだったのか、毎日、栗をくれたのは」
　小太は、ぐったりと頭を下げて、うなずきました。
　弥平はしゃがんで、狐の頭をなでました。
"""
"""A fox is the hero; it acts, and carries a thing."""

WINDOW: Final = """The Pawnshop Window

It was the last night of the fair, and Lucy Brand sat at the table of the little flat and counted the coins \
again. Two crowns and a sixpence. There was a bell at the door below, but no finger could ever coax a ring from \
it, and there was nothing to do but lie on the couch and howl. So Lucy did it.

Then she got up and stood at the window. She had wanted so much to buy a present for her husband Ned, who would \
not be home till seven.

"I will get him a chain for his watch," said Lucy.

She put on her old brown coat and ran down the street to the shop of a hairdresser.

"Will you buy my hair?" asked Lucy.

"Take off your hat," said Madame Roche.

Down fell the brown hair.

"Twenty crowns," said Madame Roche.

"Give it to me quick," said Lucy.

Lucy went from shop to shop, and at last she found it. It was a chain of plain silver. She paid for it and \
walked home in the dark.

At home Lucy picked up the chain and stood at the fire with the chain in her hand.

"Let him like it," said Lucy.

At seven she heard his step on the stair.

The door opened and Ned stepped in and closed it. Ned looked thin and very tired.

"You have cut off your hair?" asked Ned.

"It grows so fast," said Lucy. "Sit down, Ned, and be happy."

Ned took a parcel from his coat and threw it upon the table.

"Open it," said Ned, "and you will see."

White fingers tore at the string and the paper. For there lay the combs, two combs of yellow shell with silver \
rims, the combs that Lucy had looked at for so long in a window. They were dear combs, and now they were hers.

Lucy had not shown him her own gift. She held it out to him upon her open hand, and the chain shone.

"Isn't it fine?" said Lucy. "Give me your watch. I want to see the chain on it."

Ned lay down on the couch and put his hands under his head and smiled.

"I sold the watch to buy your combs," said Ned. "And now put the kettle on."
"""
"""The story turns on two small things; sounds are told of that nobody hears."""

RACE: Final = """The Race to the Mill

A hare laughed at a tortoise for her short legs and her slow walk. "Fast as you are," said the tortoise, "I will \
be at the mill before you." The hare thought that the best joke of the year and agreed to a race, and they asked \
the fox to choose the road and to set the goal. On the morning of the race the two started together. The \
tortoise did not stop once, and went on with slow steps straight down the road. The hare lay down under a hedge \
and fell fast asleep. At last he woke up and ran as fast as he could, but the tortoise had reached the mill, and \
was dozing on the step after her long walk.

Steady feet come home first.
"""
"""A fable of two beasts with hardly a word spoken."""
