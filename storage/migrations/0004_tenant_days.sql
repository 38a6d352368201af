-- How many works a tenant has had accepted on a day (UTC). Apart from `works`: deleting a work gives no place back.

CREATE TABLE tenant_days (
    tenant text NOT NULL,
    day date NOT NULL,
    works bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, day)
);
