using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

#pragma warning disable CA1814 // Prefer jagged arrays over multidimensional

namespace Billing.Server.Persistence.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "acquisition_costs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    actor = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_acquisition_costs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    scopes = table.Column<int>(type: "int", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    expires_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "billing_runs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    as_of = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    started_by = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    state = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    started_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    finished_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    error = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_runs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "closed_months",
                columns: table => new
                {
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    closed_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    closed_by = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_closed_months", x => x.month);
                });

            migrationBuilder.CreateTable(
                name: "customers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    backup_card_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    backup_agreed_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    backup_agreed_by = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    external_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    name_key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    last_name_key = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    email = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: true, collation: "Latin1_General_100_BIN2"),
                    mail_key = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: true, collation: "Latin1_General_100_BIN2"),
                    country = table.Column<string>(type: "nvarchar(2)", maxLength: 2, nullable: true, collation: "Latin1_General_100_BIN2"),
                    locale = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    time_zone = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    default_card_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    balance_minor = table.Column<long>(type: "bigint", nullable: false),
                    balance_entries = table.Column<int>(type: "int", nullable: false),
                    is_exempt = table.Column<bool>(type: "bit", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customers", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "delivery_days",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    revenue = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    delivered_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_delivery_days", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "discounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    code = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    percent_basis_points = table.Column<int>(type: "int", nullable: true),
                    amount_minor = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: true, collation: "Latin1_General_100_BIN2"),
                    periods = table.Column<int>(type: "int", nullable: true),
                    created_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_discounts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "dunning_policies",
                columns: table => new
                {
                    number = table.Column<int>(type: "int", nullable: false),
                    data = table.Column<string>(type: "nvarchar(max)", maxLength: 20000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    published_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    published_by = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dunning_policies", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "gateway_customers",
                columns: table => new
                {
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    gateway = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    reference = table.Column<string>(type: "nvarchar(255)", maxLength: 255, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_gateway_customers", x => new { x.customer_id, x.gateway });
                });

            migrationBuilder.CreateTable(
                name: "idempotent_answers",
                columns: table => new
                {
                    caller = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    key = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    request_hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    status = table.Column<int>(type: "int", nullable: false),
                    body = table.Column<string>(type: "nvarchar(max)", maxLength: -1, nullable: true, collation: "Latin1_General_100_BIN2"),
                    location = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    e_tag = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotent_answers", x => new { x.caller, x.key });
                });

            migrationBuilder.CreateTable(
                name: "inbox_notices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    gateway = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    notice_id = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    type = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    format_version = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    about = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    created_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    received_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    last_received_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    deliveries = table.Column<int>(type: "int", nullable: false),
                    body = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    state = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    tries = table.Column<int>(type: "int", nullable: false),
                    next_try_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    error = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true, collation: "Latin1_General_100_BIN2"),
                    done_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_notices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ledger_checks",
                columns: table => new
                {
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    subledger = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    books_minor = table.Column<long>(type: "bigint", nullable: false),
                    documents_minor = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger_checks", x => new { x.on, x.currency, x.subledger });
                });

            migrationBuilder.CreateTable(
                name: "ledger_days",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    account = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    rule = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    debit_minor = table.Column<long>(type: "bigint", nullable: false),
                    credit_minor = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger_days", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ledger_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    original_on = table.Column<DateOnly>(type: "date", nullable: false),
                    rule = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    debit = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    credit = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    document_kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    document_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    document_number = table.Column<int>(type: "int", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger_entries", x => x.id);
                    table.CheckConstraint("ck_ledger_entries_above_zero", "amount_minor > 0");
                    table.CheckConstraint("ck_ledger_entries_between_two", "debit <> credit");
                    table.CheckConstraint("ck_ledger_entries_never_before_their_document", "\"on\" >= original_on");
                });

            migrationBuilder.CreateTable(
                name: "mrr_cohort_months",
                columns: table => new
                {
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    cohort = table.Column<DateOnly>(type: "date", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    ups = table.Column<int>(type: "int", nullable: false),
                    downs = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mrr_cohort_months", x => new { x.currency, x.month, x.cohort, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "mrr_days",
                columns: table => new
                {
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    movements = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mrr_days", x => new { x.currency, x.on, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "number_series",
                columns: table => new
                {
                    prefix = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    next = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_number_series", x => x.prefix);
                });

            migrationBuilder.CreateTable(
                name: "plans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    code = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    pricing = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    trial_days = table.Column<int>(type: "int", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    retired_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plans", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "reconciliations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    due_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    started_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    finished_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    since = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    step = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    read_up_to = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    asked_up_to = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    payments = table.Column<int>(type: "int", nullable: false),
                    refunds = table.Column<int>(type: "int", nullable: false),
                    disputes = table.Column<int>(type: "int", nullable: false),
                    cards = table.Column<int>(type: "int", nullable: false),
                    healed = table.Column<int>(type: "int", nullable: false),
                    differing = table.Column<int>(type: "int", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reconciliations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "run_leases",
                columns: table => new
                {
                    name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    owner = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    until = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_run_leases", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "sandbox_clock",
                columns: table => new
                {
                    id = table.Column<int>(type: "int", nullable: false),
                    ahead_seconds = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sandbox_clock", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "set_aside",
                columns: table => new
                {
                    pass = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    subject_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    error = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    failures = table.Column<int>(type: "int", nullable: false),
                    first_failed_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    last_failed_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    retry_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_set_aside", x => new { x.pass, x.subject_id });
                });

            migrationBuilder.CreateTable(
                name: "sign_in_links",
                columns: table => new
                {
                    token_hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    door = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    staff_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    expires_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    used_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_in_links", x => x.token_hash);
                });

            migrationBuilder.CreateTable(
                name: "staff_members",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    name_key = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    email = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: false, collation: "Latin1_General_100_BIN2"),
                    mail_key = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: false, collation: "Latin1_General_100_BIN2"),
                    role = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    invited_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    left_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_members", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "webhook_endpoints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    url = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    sealed_secret = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    sealed_old_secret = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    old_secret_until = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    enabled = table.Column<bool>(type: "bit", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    rests_until = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    failures = table.Column<int>(type: "int", nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_endpoints", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "billing_run_passes",
                columns: table => new
                {
                    run_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    position = table.Column<int>(type: "int", nullable: false),
                    name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    due = table.Column<int>(type: "int", nullable: false),
                    done = table.Column<int>(type: "int", nullable: false),
                    set_aside = table.Column<int>(type: "int", nullable: false),
                    milliseconds = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_billing_run_passes", x => new { x.run_id, x.position });
                    table.ForeignKey(
                        name: "fk_billing_run_passes_billing_runs_run_id",
                        column: x => x.run_id,
                        principalTable: "billing_runs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "alarms",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    subject_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    words = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false, collation: "Latin1_General_100_BIN2"),
                    raised_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    closed_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    closed_by = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alarms", x => x.id);
                    table.ForeignKey(
                        name: "fk_alarms_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "balance_entries",
                columns: table => new
                {
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sequence = table.Column<int>(type: "int", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    reason = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    invoice_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    credit_note_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_balance_entries", x => new { x.customer_id, x.sequence });
                    table.ForeignKey(
                        name: "fk_balance_entries_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "cards",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    detached_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    gateway_token = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    fingerprint = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    brand = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    last_four = table.Column<string>(type: "nvarchar(4)", maxLength: 4, nullable: false, collation: "Latin1_General_100_BIN2"),
                    expiry_month = table.Column<int>(type: "int", nullable: false),
                    expiry_year = table.Column<int>(type: "int", nullable: false),
                    country = table.Column<string>(type: "nvarchar(2)", maxLength: 2, nullable: true, collation: "Latin1_General_100_BIN2"),
                    added_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    date_look_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    date_is_stale = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cards", x => x.id);
                    table.ForeignKey(
                        name: "fk_cards_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "feedback",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    act = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    ease = table.Column<int>(type: "int", nullable: false),
                    words = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true, collation: "Latin1_General_100_BIN2"),
                    given_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_feedback", x => x.id);
                    table.ForeignKey(
                        name: "fk_feedback_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "history",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    type = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    actor = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    person = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true, collation: "Latin1_General_100_BIN2"),
                    data = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    sequence = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_history", x => x.id);
                    table.ForeignKey(
                        name: "fk_history_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "house_acts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    actor = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    what = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    about = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: false, collation: "Latin1_General_100_BIN2"),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    why = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_house_acts", x => x.id);
                    table.ForeignKey(
                        name: "fk_house_acts_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "notice_preferences",
                columns: table => new
                {
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    receipts = table.Column<bool>(type: "bit", nullable: false),
                    courtesies = table.Column<bool>(type: "bit", nullable: false),
                    changed_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_preferences", x => x.customer_id);
                    table.ForeignKey(
                        name: "fk_notice_preferences_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "notices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    subject_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    step = table.Column<int>(type: "int", nullable: false),
                    channel = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    state = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    planned_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    not_before = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    due_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    failures = table.Column<int>(type: "int", nullable: false),
                    done_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    why = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notices", x => x.id);
                    table.ForeignKey(
                        name: "fk_notices_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "break_terms",
                columns: table => new
                {
                    plan_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    fee_minor = table.Column<long>(type: "bigint", nullable: false),
                    shortest_days = table.Column<int>(type: "int", nullable: false),
                    longest_days = table.Column<int>(type: "int", nullable: false),
                    per_year = table.Column<int>(type: "int", nullable: false),
                    days_between = table.Column<int>(type: "int", nullable: false),
                    access = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    keeps = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_break_terms", x => new { x.plan_id, x.currency });
                    table.ForeignKey(
                        name: "fk_break_terms_plans_plan_id",
                        column: x => x.plan_id,
                        principalTable: "plans",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "prices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    plan_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    cadence_unit = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    cadence_count = table.Column<int>(type: "int", nullable: false),
                    unit_amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    version_number = table.Column<int>(type: "int", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_prices", x => x.id);
                    table.ForeignKey(
                        name: "fk_prices_plans_plan_id",
                        column: x => x.plan_id,
                        principalTable: "plans",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "office_sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    staff_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    device = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    language = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: true, collation: "Latin1_General_100_BIN2"),
                    begun_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    seen_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    ended_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_office_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_office_sessions_staff_members_staff_id",
                        column: x => x.staff_id,
                        principalTable: "staff_members",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "card_watches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    card_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    state = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    expired_on = table.Column<DateOnly>(type: "date", nullable: false),
                    country = table.Column<string>(type: "nvarchar(2)", maxLength: 2, nullable: true, collation: "Latin1_General_100_BIN2"),
                    brand = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    quiet_days = table.Column<int>(type: "int", nullable: false),
                    quiet_source = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    quiet_words = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    quiet_after_decline = table.Column<int>(type: "int", nullable: false),
                    declined_on = table.Column<DateOnly>(type: "date", nullable: true),
                    asked_on = table.Column<DateOnly>(type: "date", nullable: true),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    evidence = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true, collation: "Latin1_General_100_BIN2"),
                    seen_days = table.Column<int>(type: "int", nullable: true),
                    healed_by_itself = table.Column<bool>(type: "bit", nullable: false),
                    next_look_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_card_watches", x => x.id);
                    table.ForeignKey(
                        name: "fk_card_watches_cards_card_id",
                        column: x => x.card_id,
                        principalTable: "cards",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_card_watches_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "dunning_cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    state = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    policy_version = table.Column<int>(type: "int", nullable: false),
                    ladder = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    code = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    card_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    rung = table.Column<int>(type: "int", nullable: false),
                    last_step_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    next_step = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    next_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    retry_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    is_on_backup = table.Column<bool>(type: "bit", nullable: false),
                    next_why = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false, collation: "Latin1_General_100_BIN2"),
                    opened_on = table.Column<DateOnly>(type: "date", nullable: false),
                    opened_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    failed_minor = table.Column<long>(type: "bigint", nullable: false),
                    failed_invoices = table.Column<int>(type: "int", nullable: false),
                    recovered_minor = table.Column<long>(type: "bigint", nullable: false),
                    retries = table.Column<int>(type: "int", nullable: false),
                    machine_retries = table.Column<int>(type: "int", nullable: false),
                    machine_failed_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    backup_tried = table.Column<bool>(type: "bit", nullable: false),
                    contacts = table.Column<int>(type: "int", nullable: false),
                    is_silenced = table.Column<bool>(type: "bit", nullable: false),
                    promised_on = table.Column<DateOnly>(type: "date", nullable: true),
                    promises = table.Column<int>(type: "int", nullable: false),
                    promises_broken = table.Column<int>(type: "int", nullable: false),
                    grace_until = table.Column<DateOnly>(type: "date", nullable: true),
                    parked_on = table.Column<DateOnly>(type: "date", nullable: true),
                    route = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true, collation: "Latin1_General_100_BIN2"),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    closed_why = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2"),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dunning_cases", x => x.id);
                    table.ForeignKey(
                        name: "fk_dunning_cases_cards_card_id",
                        column: x => x.card_id,
                        principalTable: "cards",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_dunning_cases_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "webhook_deliveries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    endpoint_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    event_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sequence = table.Column<int>(type: "int", nullable: false),
                    type = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false, collation: "Latin1_General_100_BIN2"),
                    state = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    created_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    next_try_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    last_status = table.Column<int>(type: "int", nullable: true),
                    trouble = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2"),
                    delivered_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_webhook_deliveries", x => x.id);
                    table.ForeignKey(
                        name: "fk_webhook_deliveries_history_event_id",
                        column: x => x.event_id,
                        principalTable: "history",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_webhook_deliveries_webhook_endpoints_endpoint_id",
                        column: x => x.endpoint_id,
                        principalTable: "webhook_endpoints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "letters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    to = table.Column<string>(type: "nvarchar(320)", maxLength: 320, nullable: false, collation: "Latin1_General_100_BIN2"),
                    subject = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    text = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    html = table.Column<string>(type: "nvarchar(max)", maxLength: 40000, nullable: true, collation: "Latin1_General_100_BIN2"),
                    notice_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    channel = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    good_until = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    unsubscribe_url = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true, collation: "Latin1_General_100_BIN2"),
                    unsubscribe_hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true, collation: "Latin1_General_100_BIN2"),
                    language = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: false, collation: "Latin1_General_100_BIN2"),
                    written_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    sent_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    attempts = table.Column<int>(type: "int", nullable: false),
                    next_try_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    trouble = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_letters", x => x.id);
                    table.ForeignKey(
                        name: "fk_letters_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_letters_notices_notice_id",
                        column: x => x.notice_id,
                        principalTable: "notices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "price_moves",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    plan_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    cadence_unit = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    cadence_count = table.Column<int>(type: "int", nullable: false),
                    to_price_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    to_version_number = table.Column<int>(type: "int", nullable: false),
                    to_unit_amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    from = table.Column<DateOnly>(type: "date", nullable: false),
                    announced = table.Column<int>(type: "int", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    begun_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    withdrawn_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_price_moves", x => x.id);
                    table.ForeignKey(
                        name: "fk_price_moves_plans_plan_id",
                        column: x => x.plan_id,
                        principalTable: "plans",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_price_moves_prices_to_price_id",
                        column: x => x.to_price_id,
                        principalTable: "prices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "subscriptions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    breaks = table.Column<int>(type: "int", nullable: false),
                    break_starts_on = table.Column<DateOnly>(type: "date", nullable: true),
                    changes = table.Column<int>(type: "int", nullable: false),
                    planned_plan_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    planned_price_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    planned_quantity = table.Column<int>(type: "int", nullable: true),
                    planned_unit_amount_minor = table.Column<long>(type: "bigint", nullable: true),
                    planned_cadence_unit = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true, collation: "Latin1_General_100_BIN2"),
                    planned_cadence_count = table.Column<int>(type: "int", nullable: true),
                    reactivated_on = table.Column<DateOnly>(type: "date", nullable: true),
                    has_churned = table.Column<bool>(type: "bit", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    plan_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    price_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    lifecycle = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    quantity = table.Column<int>(type: "int", nullable: false),
                    unit_amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    is_negotiated = table.Column<bool>(type: "bit", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    anchor_date = table.Column<DateOnly>(type: "date", nullable: false),
                    cadence_unit = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    cadence_count = table.Column<int>(type: "int", nullable: false),
                    time_zone = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    next_period_index = table.Column<int>(type: "int", nullable: false),
                    current_start = table.Column<DateOnly>(type: "date", nullable: false),
                    current_end = table.Column<DateOnly>(type: "date", nullable: false),
                    next_billing_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    started_on = table.Column<DateOnly>(type: "date", nullable: false),
                    trial_ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    cancel_at_period_end = table.Column<bool>(type: "bit", nullable: false),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    end_reason = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true, collation: "Latin1_General_100_BIN2"),
                    has_discounts = table.Column<bool>(type: "bit", nullable: false),
                    mrr_minor = table.Column<long>(type: "bigint", nullable: false),
                    mrr_movements = table.Column<int>(type: "int", nullable: false),
                    paying_since = table.Column<DateOnly>(type: "date", nullable: true),
                    created_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    banked_start = table.Column<DateOnly>(type: "date", nullable: true),
                    banked_end = table.Column<DateOnly>(type: "date", nullable: true),
                    restarts = table.Column<int>(type: "int", nullable: false),
                    leaves_from = table.Column<DateOnly>(type: "date", nullable: true),
                    parked_on = table.Column<DateOnly>(type: "date", nullable: true),
                    moves_to_price_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    moves_to_unit_amount_minor = table.Column<long>(type: "bigint", nullable: true),
                    moves_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subscriptions", x => x.id);
                    table.ForeignKey(
                        name: "fk_subscriptions_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_subscriptions_plans_plan_id",
                        column: x => x.plan_id,
                        principalTable: "plans",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_subscriptions_plans_planned_plan_id",
                        column: x => x.planned_plan_id,
                        principalTable: "plans",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_subscriptions_prices_moves_to_price_id",
                        column: x => x.moves_to_price_id,
                        principalTable: "prices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_subscriptions_prices_planned_price_id",
                        column: x => x.planned_price_id,
                        principalTable: "prices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_subscriptions_prices_price_id",
                        column: x => x.price_id,
                        principalTable: "prices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "breaks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    subscription_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    number = table.Column<int>(type: "int", nullable: false),
                    state = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    asked_how = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true, collation: "Latin1_General_100_BIN2"),
                    asked_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    starts_on = table.Column<DateOnly>(type: "date", nullable: false),
                    first_return_on = table.Column<DateOnly>(type: "date", nullable: false),
                    agreed_return_on = table.Column<DateOnly>(type: "date", nullable: false),
                    return_on = table.Column<DateOnly>(type: "date", nullable: false),
                    extensions = table.Column<int>(type: "int", nullable: false),
                    ended_on = table.Column<DateOnly>(type: "date", nullable: true),
                    fee_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    longest_days = table.Column<int>(type: "int", nullable: false),
                    access = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    keeps = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    banked_days = table.Column<int>(type: "int", nullable: false),
                    mrr_minor = table.Column<long>(type: "bigint", nullable: false),
                    fee_through = table.Column<DateOnly>(type: "date", nullable: false),
                    announced_on = table.Column<DateOnly>(type: "date", nullable: true),
                    next_step_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_breaks", x => x.id);
                    table.ForeignKey(
                        name: "fk_breaks_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_breaks_subscriptions_subscription_id",
                        column: x => x.subscription_id,
                        principalTable: "subscriptions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "cancel_sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    subscription_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    channel = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    language = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: false, collation: "Latin1_General_100_BIN2"),
                    started_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    words = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false, collation: "Latin1_General_100_BIN2"),
                    words_shown_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    confirmed_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    reason = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true, collation: "Latin1_General_100_BIN2"),
                    text = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true, collation: "Latin1_General_100_BIN2"),
                    outcome = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true, collation: "Latin1_General_100_BIN2"),
                    closed_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    version = table.Column<int>(type: "int", nullable: false),
                    look_back_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    after30 = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true, collation: "Latin1_General_100_BIN2"),
                    after90 = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true, collation: "Latin1_General_100_BIN2"),
                    offer_kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true, collation: "Latin1_General_100_BIN2"),
                    offered_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    offer_why = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: true, collation: "Latin1_General_100_BIN2"),
                    offer_plan_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    offer_price_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    offer_plan_name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    offer_price_minor = table.Column<long>(type: "bigint", nullable: true),
                    offer_saving_minor = table.Column<long>(type: "bigint", nullable: true),
                    offer_currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: true, collation: "Latin1_General_100_BIN2"),
                    offer_basis_points = table.Column<int>(type: "int", nullable: true),
                    offer_length = table.Column<int>(type: "int", nullable: true),
                    offer_invoice_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    offer_latest = table.Column<DateOnly>(type: "date", nullable: true),
                    extraordinary = table.Column<bool>(type: "bit", nullable: false),
                    wished_end = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cancel_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_cancel_sessions_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_cancel_sessions_subscriptions_subscription_id",
                        column: x => x.subscription_id,
                        principalTable: "subscriptions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "invoices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    on_backup_card = table.Column<bool>(type: "bit", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    subscription_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    status = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    period_start = table.Column<DateOnly>(type: "date", nullable: true),
                    period_end = table.Column<DateOnly>(type: "date", nullable: true),
                    change_number = table.Column<int>(type: "int", nullable: false),
                    number = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: true, collation: "Latin1_General_100_BIN2"),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    subtotal_minor = table.Column<long>(type: "bigint", nullable: false),
                    discount_minor = table.Column<long>(type: "bigint", nullable: false),
                    total_minor = table.Column<long>(type: "bigint", nullable: false),
                    balance_applied_minor = table.Column<long>(type: "bigint", nullable: false),
                    carried_forward_minor = table.Column<long>(type: "bigint", nullable: false),
                    credited_minor = table.Column<long>(type: "bigint", nullable: false),
                    credit_notes_minor = table.Column<long>(type: "bigint", nullable: false),
                    paid_minor = table.Column<long>(type: "bigint", nullable: false),
                    due_minor = table.Column<long>(type: "bigint", nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: true),
                    issued_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    closed_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    next_attempt_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    automatic_attempts = table.Column<int>(type: "int", nullable: false),
                    created_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false),
                    case_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    is_let_be = table.Column<bool>(type: "bit", nullable: false),
                    payment_day = table.Column<DateOnly>(type: "date", nullable: true),
                    written_off_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invoices", x => x.id);
                    table.CheckConstraint("ck_invoices_add_up", "status IN ('Draft', 'Void') OR total_minor = balance_applied_minor + carried_forward_minor + credited_minor + paid_minor + due_minor");
                    table.CheckConstraint("ck_invoices_never_owe_less_than_nothing", "due_minor >= 0 AND total_minor >= 0 AND credit_notes_minor <= total_minor");
                    table.CheckConstraint("ck_invoices_numbered_when_issued", "status = 'Draft' OR number IS NOT NULL");
                    table.CheckConstraint("ck_invoices_settled_owe_nothing", "status NOT IN ('Paid', 'Void') OR due_minor = 0");
                    table.CheckConstraint("ck_invoices_total_is_subtotal_less_discount", "total_minor = subtotal_minor - discount_minor");
                    table.ForeignKey(
                        name: "fk_invoices_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_invoices_subscriptions_subscription_id",
                        column: x => x.subscription_id,
                        principalTable: "subscriptions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "mrr_movements",
                columns: table => new
                {
                    subscription_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sequence = table.Column<int>(type: "int", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    plan_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    cohort = table.Column<DateOnly>(type: "date", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    recorded_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    totalled_by = table.Column<Guid>(type: "uniqueidentifier", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mrr_movements", x => new { x.subscription_id, x.sequence });
                    table.ForeignKey(
                        name: "fk_mrr_movements_subscriptions_subscription_id",
                        column: x => x.subscription_id,
                        principalTable: "subscriptions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "subscription_discounts",
                columns: table => new
                {
                    subscription_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    position = table.Column<int>(type: "int", nullable: false),
                    discount_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    name = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    percent_basis_points = table.Column<int>(type: "int", nullable: true),
                    amount_minor = table.Column<long>(type: "bigint", nullable: true),
                    periods = table.Column<int>(type: "int", nullable: true),
                    periods_used = table.Column<int>(type: "int", nullable: false),
                    last_used_on = table.Column<DateOnly>(type: "date", nullable: true),
                    given_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subscription_discounts", x => new { x.subscription_id, x.position });
                    table.ForeignKey(
                        name: "fk_subscription_discounts_discounts_discount_id",
                        column: x => x.discount_id,
                        principalTable: "discounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_subscription_discounts_subscriptions_subscription_id",
                        column: x => x.subscription_id,
                        principalTable: "subscriptions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "leave_links",
                columns: table => new
                {
                    token_hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false, collation: "Latin1_General_100_BIN2"),
                    session_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    mail_key = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: false, collation: "Latin1_General_100_BIN2"),
                    made_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    expires_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    used_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_leave_links", x => x.token_hash);
                    table.ForeignKey(
                        name: "fk_leave_links_cancel_sessions_session_id",
                        column: x => x.session_id,
                        principalTable: "cancel_sessions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "credit_notes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    invoice_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    number = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    before_minor = table.Column<long>(type: "bigint", nullable: false),
                    to_balance_minor = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false, collation: "Latin1_General_100_BIN2"),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    issued_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credit_notes", x => x.id);
                    table.ForeignKey(
                        name: "fk_credit_notes_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_credit_notes_invoices_invoice_id",
                        column: x => x.invoice_id,
                        principalTable: "invoices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "delivery_plans",
                columns: table => new
                {
                    invoice_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    sequence = table.Column<int>(type: "int", nullable: false),
                    subscription_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    revenue = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    taken_minor = table.Column<long>(type: "bigint", nullable: false),
                    effective_on = table.Column<DateOnly>(type: "date", nullable: false),
                    starts_on = table.Column<DateOnly>(type: "date", nullable: true),
                    ends_on = table.Column<DateOnly>(type: "date", nullable: true),
                    at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_delivery_plans", x => new { x.invoice_id, x.sequence });
                    table.ForeignKey(
                        name: "fk_delivery_plans_invoices_invoice_id",
                        column: x => x.invoice_id,
                        principalTable: "invoices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "invoice_lines",
                columns: table => new
                {
                    invoice_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    position = table.Column<int>(type: "int", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    description = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    quantity = table.Column<int>(type: "int", nullable: false),
                    unit_amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    service_start = table.Column<DateOnly>(type: "date", nullable: true),
                    service_end = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invoice_lines", x => new { x.invoice_id, x.position });
                    table.ForeignKey(
                        name: "fk_invoice_lines_invoices_invoice_id",
                        column: x => x.invoice_id,
                        principalTable: "invoices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "payment_attempts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    confirm_by = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    invoice_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    card_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    trigger = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    state = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    decline_code = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: true, collation: "Latin1_General_100_BIN2"),
                    detail = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true, collation: "Latin1_General_100_BIN2"),
                    gateway_reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    started_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    settled_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    asked_in_vain = table.Column<int>(type: "int", nullable: false),
                    ask_again_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false),
                    lost_minor = table.Column<long>(type: "bigint", nullable: false),
                    refunded_minor = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payment_attempts", x => x.id);
                    table.CheckConstraint("ck_payment_attempts_never_refunded_beyond_capture", "refunded_minor = 0 OR (refunded_minor > 0 AND refunded_minor <= amount_minor)");
                    table.ForeignKey(
                        name: "fk_payment_attempts_cards_card_id",
                        column: x => x.card_id,
                        principalTable: "cards",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_payment_attempts_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_payment_attempts_invoices_invoice_id",
                        column: x => x.invoice_id,
                        principalTable: "invoices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "received_payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    invoice_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    by = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    reference = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false, collation: "Latin1_General_100_BIN2"),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    excess_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    received_on = table.Column<DateOnly>(type: "date", nullable: false),
                    recorded_by = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    recorded_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_received_payments", x => x.id);
                    table.ForeignKey(
                        name: "fk_received_payments_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_received_payments_invoices_invoice_id",
                        column: x => x.invoice_id,
                        principalTable: "invoices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "disputes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    attempt_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    invoice_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    reason = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false, collation: "Latin1_General_100_BIN2"),
                    state = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    holds = table.Column<bool>(type: "bit", nullable: false),
                    opened_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    decided_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_disputes", x => x.id);
                    table.ForeignKey(
                        name: "fk_disputes_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_disputes_invoices_invoice_id",
                        column: x => x.invoice_id,
                        principalTable: "invoices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_disputes_payment_attempts_attempt_id",
                        column: x => x.attempt_id,
                        principalTable: "payment_attempts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "refunds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    attempt_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    invoice_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    customer_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    credit_note_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    amount_minor = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "nvarchar(3)", maxLength: 3, nullable: false, collation: "Latin1_General_100_BIN2"),
                    cause = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false, collation: "Latin1_General_100_BIN2"),
                    state = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: false, collation: "Latin1_General_100_BIN2"),
                    detail = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true, collation: "Latin1_General_100_BIN2"),
                    payment_reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2"),
                    gateway_reference = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true, collation: "Latin1_General_100_BIN2"),
                    requested_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    sent_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    settled_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    asked_in_vain = table.Column<int>(type: "int", nullable: false),
                    ask_again_at = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_refunds", x => x.id);
                    table.ForeignKey(
                        name: "fk_refunds_credit_notes_credit_note_id",
                        column: x => x.credit_note_id,
                        principalTable: "credit_notes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_refunds_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_refunds_invoices_invoice_id",
                        column: x => x.invoice_id,
                        principalTable: "invoices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_refunds_payment_attempts_attempt_id",
                        column: x => x.attempt_id,
                        principalTable: "payment_attempts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.InsertData(
                table: "number_series",
                columns: new[] { "prefix", "next" },
                values: new object[,]
                {
                    { "CN", 1L },
                    { "INV", 1L }
                });

            migrationBuilder.InsertData(
                table: "run_leases",
                columns: new[] { "name", "owner", "until" },
                values: new object[] { "billing-run", null, null });

            migrationBuilder.CreateIndex(
                name: "ix_acquisition_costs_month",
                table: "acquisition_costs",
                column: "month");

            migrationBuilder.CreateIndex(
                name: "ix_alarms_customer_id",
                table: "alarms",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ux_alarms_one_open_per_subject",
                table: "alarms",
                columns: new[] { "kind", "subject_id" },
                unique: true,
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_api_keys_hash",
                table: "api_keys",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_billing_runs_started_at",
                table: "billing_runs",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "ix_breaks_customer_id",
                table: "breaks",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_breaks_next_step_at_id",
                table: "breaks",
                columns: new[] { "next_step_at", "id" },
                filter: "next_step_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_breaks_subscription_id_number",
                table: "breaks",
                columns: new[] { "subscription_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_breaks_one_live_per_subscription",
                table: "breaks",
                column: "subscription_id",
                unique: true,
                filter: "state IN ('Planned', 'Away')");

            migrationBuilder.CreateIndex(
                name: "ix_cancel_sessions_customer_id_id",
                table: "cancel_sessions",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_cancel_sessions_look_back_at_id",
                table: "cancel_sessions",
                columns: new[] { "look_back_at", "id" },
                filter: "look_back_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cancel_sessions_subscription_id",
                table: "cancel_sessions",
                column: "subscription_id");

            migrationBuilder.CreateIndex(
                name: "ix_card_watches_customer_id_id",
                table: "card_watches",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_card_watches_next_look_at_id",
                table: "card_watches",
                columns: new[] { "next_look_at", "id" },
                filter: "next_look_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_card_watches_one_open_per_card",
                table: "card_watches",
                column: "card_id",
                unique: true,
                filter: "state IN ('Quiet', 'Asked')");

            migrationBuilder.CreateIndex(
                name: "ix_cards_customer_id_gateway_token",
                table: "cards",
                columns: new[] { "customer_id", "gateway_token" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_cards_date_look_at_id",
                table: "cards",
                columns: new[] { "date_look_at", "id" },
                filter: "date_look_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cards_last_four",
                table: "cards",
                column: "last_four");

            migrationBuilder.CreateIndex(
                name: "ix_credit_notes_customer_id",
                table: "credit_notes",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_credit_notes_invoice_id",
                table: "credit_notes",
                column: "invoice_id");

            migrationBuilder.CreateIndex(
                name: "ix_credit_notes_number",
                table: "credit_notes",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_customers_email",
                table: "customers",
                column: "email");

            migrationBuilder.CreateIndex(
                name: "ix_customers_external_id",
                table: "customers",
                column: "external_id",
                unique: true,
                filter: "[external_id] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_customers_last_name_key",
                table: "customers",
                column: "last_name_key");

            migrationBuilder.CreateIndex(
                name: "ix_customers_mail_key",
                table: "customers",
                column: "mail_key");

            migrationBuilder.CreateIndex(
                name: "ix_customers_name_key",
                table: "customers",
                column: "name_key");

            migrationBuilder.CreateIndex(
                name: "ix_delivery_days_delivered_by",
                table: "delivery_days",
                column: "delivered_by",
                filter: "delivered_by IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_delivery_days_on",
                table: "delivery_days",
                column: "on",
                filter: "delivered_by IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_delivery_plans_subscription_id",
                table: "delivery_plans",
                column: "subscription_id");

            migrationBuilder.CreateIndex(
                name: "ix_discounts_code",
                table: "discounts",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_disputes_attempt_id",
                table: "disputes",
                column: "attempt_id");

            migrationBuilder.CreateIndex(
                name: "ix_disputes_customer_id_holds",
                table: "disputes",
                columns: new[] { "customer_id", "holds" });

            migrationBuilder.CreateIndex(
                name: "ix_disputes_invoice_id",
                table: "disputes",
                column: "invoice_id");

            migrationBuilder.CreateIndex(
                name: "ix_disputes_state_id",
                table: "disputes",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_disputes_reference",
                table: "disputes",
                column: "reference",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_dunning_cases_card_id",
                table: "dunning_cases",
                column: "card_id");

            migrationBuilder.CreateIndex(
                name: "ix_dunning_cases_customer_id_id",
                table: "dunning_cases",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_dunning_cases_next_at_id",
                table: "dunning_cases",
                columns: new[] { "next_at", "id" },
                filter: "next_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_dunning_cases_opened_on",
                table: "dunning_cases",
                column: "opened_on");

            migrationBuilder.CreateIndex(
                name: "ux_dunning_cases_one_live_per_customer",
                table: "dunning_cases",
                column: "customer_id",
                unique: true,
                filter: "state IN ('Open', 'Parked')");

            migrationBuilder.CreateIndex(
                name: "ix_feedback_customer_id_given_at",
                table: "feedback",
                columns: new[] { "customer_id", "given_at" });

            migrationBuilder.CreateIndex(
                name: "ix_gateway_customers_gateway_reference",
                table: "gateway_customers",
                columns: new[] { "gateway", "reference" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_history_customer_id_id",
                table: "history",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_history_not_published",
                table: "history",
                columns: new[] { "at", "id" },
                filter: "sequence = 0");

            migrationBuilder.CreateIndex(
                name: "ix_history_people",
                table: "history",
                column: "at",
                filter: "person IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_history_one_event_a_number",
                table: "history",
                columns: new[] { "customer_id", "sequence" },
                unique: true,
                filter: "sequence > 0");

            migrationBuilder.CreateIndex(
                name: "ix_house_acts_at",
                table: "house_acts",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_house_acts_customer_id_at",
                table: "house_acts",
                columns: new[] { "customer_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_idempotent_answers_at",
                table: "idempotent_answers",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_notices_next_try_at_id",
                table: "inbox_notices",
                columns: new[] { "next_try_at", "id" },
                filter: "next_try_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_notices_state_id",
                table: "inbox_notices",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_inbox_notices_once",
                table: "inbox_notices",
                columns: new[] { "gateway", "notice_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invoices_customer_id_id",
                table: "invoices",
                columns: new[] { "customer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invoices_next_attempt_at_id",
                table: "invoices",
                columns: new[] { "next_attempt_at", "id" },
                filter: "next_attempt_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_invoices_number",
                table: "invoices",
                column: "number",
                unique: true,
                filter: "number IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_invoices_open",
                table: "invoices",
                columns: new[] { "issued_on", "id" },
                filter: "status = 'Open'");

            migrationBuilder.CreateIndex(
                name: "ux_invoices_one_per_period",
                table: "invoices",
                columns: new[] { "subscription_id", "period_start", "kind", "change_number" },
                unique: true,
                filter: "subscription_id IS NOT NULL AND period_start IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_leave_links_mail_key_made_at",
                table: "leave_links",
                columns: new[] { "mail_key", "made_at" });

            migrationBuilder.CreateIndex(
                name: "ix_leave_links_session_id",
                table: "leave_links",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_ledger_days_on",
                table: "ledger_days",
                column: "on");

            migrationBuilder.CreateIndex(
                name: "ix_ledger_entries_customer_id_id",
                table: "ledger_entries",
                columns: new[] { "customer_id", "id" },
                filter: "customer_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_ledger_entries_document_id",
                table: "ledger_entries",
                column: "document_id");

            migrationBuilder.CreateIndex(
                name: "ix_ledger_entries_on_currency",
                table: "ledger_entries",
                columns: new[] { "on", "currency" });

            migrationBuilder.CreateIndex(
                name: "ix_letters_customer_id",
                table: "letters",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_letters_next_try_at_id",
                table: "letters",
                columns: new[] { "next_try_at", "id" },
                filter: "next_try_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_letters_notice_id",
                table: "letters",
                column: "notice_id");

            migrationBuilder.CreateIndex(
                name: "ix_letters_unsubscribe_hash",
                table: "letters",
                column: "unsubscribe_hash",
                unique: true,
                filter: "unsubscribe_hash IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_mrr_movements_currency_month_kind",
                table: "mrr_movements",
                columns: new[] { "currency", "month", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_mrr_movements_recorded_at",
                table: "mrr_movements",
                column: "recorded_at",
                filter: "totalled_by IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_mrr_movements_totalled_by",
                table: "mrr_movements",
                column: "totalled_by");

            migrationBuilder.CreateIndex(
                name: "ix_notices_customer_id_done_at",
                table: "notices",
                columns: new[] { "customer_id", "done_at" });

            migrationBuilder.CreateIndex(
                name: "ix_notices_due_at_id",
                table: "notices",
                columns: new[] { "due_at", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_notices_subject_id_kind_step_channel",
                table: "notices",
                columns: new[] { "subject_id", "kind", "step", "channel" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_office_sessions_seen_at",
                table: "office_sessions",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_office_sessions_staff_id",
                table: "office_sessions",
                column: "staff_id");

            migrationBuilder.CreateIndex(
                name: "ix_payment_attempts_ask_again_at",
                table: "payment_attempts",
                column: "ask_again_at",
                filter: "ask_again_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_payment_attempts_card_id",
                table: "payment_attempts",
                column: "card_id");

            migrationBuilder.CreateIndex(
                name: "ix_payment_attempts_customer_id",
                table: "payment_attempts",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_payment_attempts_invoice_id_id",
                table: "payment_attempts",
                columns: new[] { "invoice_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_payment_attempts_one_live_per_invoice",
                table: "payment_attempts",
                column: "invoice_id",
                unique: true,
                filter: "state IN ('Started', 'ActionRequired', 'Unknown', 'Succeeded')");

            migrationBuilder.CreateIndex(
                name: "ix_plans_code",
                table: "plans",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_price_moves_plan_id",
                table: "price_moves",
                column: "plan_id");

            migrationBuilder.CreateIndex(
                name: "ux_price_moves_one_per_price",
                table: "price_moves",
                column: "to_price_id",
                unique: true,
                filter: "withdrawn_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_prices_plan_id_currency_cadence_unit_cadence_count_version_number",
                table: "prices",
                columns: new[] { "plan_id", "currency", "cadence_unit", "cadence_count", "version_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_received_payments_customer_id",
                table: "received_payments",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ux_received_payments_once_per_reference",
                table: "received_payments",
                columns: new[] { "invoice_id", "by", "reference" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reconciliations_finished_at",
                table: "reconciliations",
                column: "finished_at");

            migrationBuilder.CreateIndex(
                name: "ix_refunds_ask_again_at",
                table: "refunds",
                column: "ask_again_at",
                filter: "ask_again_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_refunds_attempt_id",
                table: "refunds",
                column: "attempt_id");

            migrationBuilder.CreateIndex(
                name: "ix_refunds_credit_note_id",
                table: "refunds",
                column: "credit_note_id");

            migrationBuilder.CreateIndex(
                name: "ix_refunds_customer_id",
                table: "refunds",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_refunds_invoice_id",
                table: "refunds",
                column: "invoice_id");

            migrationBuilder.CreateIndex(
                name: "ix_set_aside_retry_at",
                table: "set_aside",
                column: "retry_at");

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_links_expires_at",
                table: "sign_in_links",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_links_staff_id_expires_at",
                table: "sign_in_links",
                columns: new[] { "staff_id", "expires_at" },
                filter: "staff_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_staff_members_mail_key",
                table: "staff_members",
                column: "mail_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_staff_members_name_key",
                table: "staff_members",
                column: "name_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_subscription_discounts_discount_id",
                table: "subscription_discounts",
                column: "discount_id");

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_customer_id",
                table: "subscriptions",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_moves_to_price_id",
                table: "subscriptions",
                column: "moves_to_price_id",
                filter: "moves_to_price_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_next_billing_at_id",
                table: "subscriptions",
                columns: new[] { "next_billing_at", "id" },
                filter: "next_billing_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_not_told",
                table: "subscriptions",
                columns: new[] { "price_id", "is_negotiated", "id" },
                filter: "moves_to_price_id IS NULL AND lifecycle <> 'Ended'");

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_plan_id",
                table: "subscriptions",
                column: "plan_id");

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_planned_plan_id",
                table: "subscriptions",
                column: "planned_plan_id");

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_planned_price_id",
                table: "subscriptions",
                column: "planned_price_id");

            migrationBuilder.CreateIndex(
                name: "ux_subscriptions_one_live_per_plan",
                table: "subscriptions",
                columns: new[] { "customer_id", "plan_id" },
                unique: true,
                filter: "lifecycle <> 'Ended'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_endpoint_id_event_id",
                table: "webhook_deliveries",
                columns: new[] { "endpoint_id", "event_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_endpoint_id_id",
                table: "webhook_deliveries",
                columns: new[] { "endpoint_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_event_id",
                table: "webhook_deliveries",
                column: "event_id");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_next_try_at_id",
                table: "webhook_deliveries",
                columns: new[] { "next_try_at", "id" },
                filter: "next_try_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_waiting",
                table: "webhook_deliveries",
                columns: new[] { "endpoint_id", "customer_id", "sequence" },
                filter: "next_try_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "acquisition_costs");

            migrationBuilder.DropTable(
                name: "alarms");

            migrationBuilder.DropTable(
                name: "api_keys");

            migrationBuilder.DropTable(
                name: "balance_entries");

            migrationBuilder.DropTable(
                name: "billing_run_passes");

            migrationBuilder.DropTable(
                name: "break_terms");

            migrationBuilder.DropTable(
                name: "breaks");

            migrationBuilder.DropTable(
                name: "card_watches");

            migrationBuilder.DropTable(
                name: "closed_months");

            migrationBuilder.DropTable(
                name: "delivery_days");

            migrationBuilder.DropTable(
                name: "delivery_plans");

            migrationBuilder.DropTable(
                name: "disputes");

            migrationBuilder.DropTable(
                name: "dunning_cases");

            migrationBuilder.DropTable(
                name: "dunning_policies");

            migrationBuilder.DropTable(
                name: "feedback");

            migrationBuilder.DropTable(
                name: "gateway_customers");

            migrationBuilder.DropTable(
                name: "house_acts");

            migrationBuilder.DropTable(
                name: "idempotent_answers");

            migrationBuilder.DropTable(
                name: "inbox_notices");

            migrationBuilder.DropTable(
                name: "invoice_lines");

            migrationBuilder.DropTable(
                name: "leave_links");

            migrationBuilder.DropTable(
                name: "ledger_checks");

            migrationBuilder.DropTable(
                name: "ledger_days");

            migrationBuilder.DropTable(
                name: "ledger_entries");

            migrationBuilder.DropTable(
                name: "letters");

            migrationBuilder.DropTable(
                name: "mrr_cohort_months");

            migrationBuilder.DropTable(
                name: "mrr_days");

            migrationBuilder.DropTable(
                name: "mrr_movements");

            migrationBuilder.DropTable(
                name: "notice_preferences");

            migrationBuilder.DropTable(
                name: "number_series");

            migrationBuilder.DropTable(
                name: "office_sessions");

            migrationBuilder.DropTable(
                name: "price_moves");

            migrationBuilder.DropTable(
                name: "received_payments");

            migrationBuilder.DropTable(
                name: "reconciliations");

            migrationBuilder.DropTable(
                name: "refunds");

            migrationBuilder.DropTable(
                name: "run_leases");

            migrationBuilder.DropTable(
                name: "sandbox_clock");

            migrationBuilder.DropTable(
                name: "set_aside");

            migrationBuilder.DropTable(
                name: "sign_in_links");

            migrationBuilder.DropTable(
                name: "subscription_discounts");

            migrationBuilder.DropTable(
                name: "webhook_deliveries");

            migrationBuilder.DropTable(
                name: "billing_runs");

            migrationBuilder.DropTable(
                name: "cancel_sessions");

            migrationBuilder.DropTable(
                name: "notices");

            migrationBuilder.DropTable(
                name: "staff_members");

            migrationBuilder.DropTable(
                name: "credit_notes");

            migrationBuilder.DropTable(
                name: "payment_attempts");

            migrationBuilder.DropTable(
                name: "discounts");

            migrationBuilder.DropTable(
                name: "history");

            migrationBuilder.DropTable(
                name: "webhook_endpoints");

            migrationBuilder.DropTable(
                name: "cards");

            migrationBuilder.DropTable(
                name: "invoices");

            migrationBuilder.DropTable(
                name: "subscriptions");

            migrationBuilder.DropTable(
                name: "customers");

            migrationBuilder.DropTable(
                name: "prices");

            migrationBuilder.DropTable(
                name: "plans");
        }
    }
}
