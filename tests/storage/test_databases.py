"""A database that was another test's is as good as new."""

import psycopg
import pytest

from tests.databases import Databases


def used(databases: Databases, template: str, *statements: str) -> str:
    """The name under which the next test has it, after these statements of the last one."""
    name = databases.borrow(template)
    with psycopg.connect(databases.url(name), autocommit=True) as conn:
        for statement in statements:
            conn.execute(statement.encode())
    databases.give_back(name, template)
    return databases.borrow(template)


def asked(databases: Databases, name: str, question: str) -> object:
    with psycopg.connect(databases.url(name), autocommit=True) as conn:
        return conn.execute(question.encode()).fetchone()


def test_what_a_test_has_written_is_gone_and_numbers_begin_anew(databases: Databases, template: str) -> None:
    name = used(
        databases,
        template,
        "INSERT INTO tenant_days (tenant, day) VALUES ('somebody', '2026-01-01')",
        "SELECT nextval('events_id_seq')",
    )
    assert asked(databases, name, "SELECT count(*) FROM tenant_days") == (0,)
    assert asked(databases, name, "SELECT nextval('events_id_seq')") == (1,)
    assert asked(databases, name, "SELECT count(*) > 0 FROM mangaka_migrations") == (True,)
    databases.give_back(name, template)


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE another (id int)",
        "ALTER TABLE works ADD COLUMN another int",
        "ALTER TABLE pictures DROP CONSTRAINT pictures_pkey CASCADE",
        "DELETE FROM mangaka_migrations",
        "DROP TABLE threads CASCADE",
        "ALTER TABLE procrastinate_jobs DISABLE TRIGGER USER",
    ],
)
def test_one_whose_shape_was_changed_is_not_lent_again(change: str, databases: Databases, template: str) -> None:
    name = used(databases, template, change)
    assert asked(databases, name, "SELECT to_regclass('another'), to_regclass('threads') IS NOT NULL") == (None, True)
    assert asked(databases, name, "SELECT count(*) > 0 FROM mangaka_migrations") == (True,)
    assert asked(databases, name, "SELECT bool_and(tgenabled = 'O') FROM pg_trigger") == (True,)
    databases.give_back(name, template)


def test_who_is_left_over_from_the_last_test_is_sent_away(databases: Databases, template: str) -> None:
    name = databases.borrow(template)
    with psycopg.connect(databases.url(name)) as left:
        left.execute("INSERT INTO tenant_days (tenant, day) VALUES ('somebody', '2026-01-01')")
        databases.give_back(name, template)
        again = databases.borrow(template)
        assert again != name
        with pytest.raises(psycopg.OperationalError):
            left.execute("SELECT 1")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(databases.url(name))
    databases.give_back(again, template)
