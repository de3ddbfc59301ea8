using System.Text;
using Billing.Cards;
using Billing.Customers;
using Billing.Dunning;
using Billing.History;
using Billing.Invoicing;
using Billing.Ledger;
using Billing.Metrics;
using Billing.Notices;
using Billing.Payments;
using Billing.Plans;
using Billing.Retention;
using Billing.Server.Alarms;
using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Ledger;
using Billing.Server.Notices;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Inbox;
using Billing.Server.Payments.Reconciliation;
using Billing.Server.Reports;
using Billing.Server.Retention;
using Billing.Server.Staff;
using Billing.Server.Webhooks;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Persistence;

/// <summary>
/// The one repository. The model is the same on every database; the lines that must not be crossed are constraints of
/// the database itself (see the configurations).
/// </summary>
public abstract class BillingDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Plan> Plans => Set<Plan>();
    public DbSet<Price> Prices => Set<Price>();
    public DbSet<BreakTerms> BreakTerms => Set<BreakTerms>();
    public DbSet<PriceMove> PriceMoves => Set<PriceMove>();
    public DbSet<Discount> Discounts => Set<Discount>();
    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<BalanceEntry> BalanceEntries => Set<BalanceEntry>();
    public DbSet<Card> Cards => Set<Card>();
    public DbSet<Subscription> Subscriptions => Set<Subscription>();
    public DbSet<SubscriptionDiscount> SubscriptionDiscounts => Set<SubscriptionDiscount>();
    public DbSet<Break> Breaks => Set<Break>();
    public DbSet<Invoice> Invoices => Set<Invoice>();
    public DbSet<CreditNote> CreditNotes => Set<CreditNote>();
    public DbSet<NumberSeries> NumberSeries => Set<NumberSeries>();
    public DbSet<PaymentAttempt> PaymentAttempts => Set<PaymentAttempt>();
    public DbSet<DunningCase> DunningCases => Set<DunningCase>();
    public DbSet<CardWatch> CardWatches => Set<CardWatch>();
    public DbSet<PublishedPolicy> DunningPolicies => Set<PublishedPolicy>();
    public DbSet<Refund> Refunds => Set<Refund>();
    public DbSet<ReceivedPayment> ReceivedPayments => Set<ReceivedPayment>();
    public DbSet<Dispute> Disputes => Set<Dispute>();
    public DbSet<InboxNotice> Inbox => Set<InboxNotice>();
    public DbSet<ReconciliationReport> Reconciliations => Set<ReconciliationReport>();
    public DbSet<CancelSession> CancelSessions => Set<CancelSession>();
    public DbSet<Feedback> Feedback => Set<Feedback>();
    public DbSet<MrrMovement> MrrMovements => Set<MrrMovement>();
    public DbSet<MrrDay> MrrDays => Set<MrrDay>();
    public DbSet<CohortMonth> CohortMonths => Set<CohortMonth>();
    public DbSet<AcquisitionCost> AcquisitionCosts => Set<AcquisitionCost>();
    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();
    public DbSet<LedgerDay> LedgerDays => Set<LedgerDay>();
    public DbSet<DeliveryPlan> DeliveryPlans => Set<DeliveryPlan>();
    public DbSet<DeliveryDay> DeliveryDays => Set<DeliveryDay>();
    public DbSet<ClosedMonth> ClosedMonths => Set<ClosedMonth>();
    public DbSet<LedgerCheck> LedgerChecks => Set<LedgerCheck>();
    public DbSet<HistoryEntry> History => Set<HistoryEntry>();
    public DbSet<RunRecord> Runs => Set<RunRecord>();
    public DbSet<RunPass> RunPasses => Set<RunPass>();
    public DbSet<RunLease> RunLeases => Set<RunLease>();
    public DbSet<Alarm> Alarms => Set<Alarm>();
    public DbSet<SetAsideItem> SetAside => Set<SetAsideItem>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<IdempotentAnswer> IdempotentAnswers => Set<IdempotentAnswer>();
    public DbSet<SignInLink> SignInLinks => Set<SignInLink>();
    public DbSet<LeaveLink> LeaveLinks => Set<LeaveLink>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<NoticePreferences> NoticePreferences => Set<NoticePreferences>();
    public DbSet<Letter> Letters => Set<Letter>();
    public DbSet<StaffMember> StaffMembers => Set<StaffMember>();
    public DbSet<OfficeSession> OfficeSessions => Set<OfficeSession>();
    public DbSet<HouseAct> HouseActs => Set<HouseAct>();
    public DbSet<GatewayCustomer> GatewayCustomers => Set<GatewayCustomer>();
    public DbSet<WebhookEndpoint> WebhookEndpoints => Set<WebhookEndpoint>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
    public DbSet<SandboxClock> SandboxClocks => Set<SandboxClock>();

    /// <summary>Entries that were posted and are not saved yet.</summary>
    internal List<LedgerEntry> Posted { get; } = [];

    /// <summary>
    /// Appends a fact to its customer's history, and plans to tell them where it is one to tell, in the transaction of whatever
    /// made it true.
    /// </summary>
    public void Record(Fact fact, string actor, Instant now)
    {
        var entry = HistoryEntry.Of(fact, actor, now);
        History.Add(entry);
        if (PlannedNotices.Of(entry, fact) is { } notice) Plan(notice);
    }

    /// <summary>Plans a notice, in the transaction of what it tells of.</summary>
    public void Plan(Notice notice) => Notices.Add(notice);

    /// <summary>Keeps a move of a customer's balance, the fact of it and its entry in the books: none is ever stored without the others.</summary>
    public void Keep(BalanceEntry entry, string actor, Instant now)
    {
        BalanceEntries.Add(entry);
        Record(entry.Moved(), actor, now);
        this.Post(Postings.Moved(entry), now);
    }

    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        await this.SettleEntriesAsync(cancellationToken);
        foreach (var entry in ChangeTracker.Entries<IVersioned>().Where(e => e.State == EntityState.Modified))
            entry.Property(e => e.Version).CurrentValue = entry.Property(e => e.Version).OriginalValue + 1;
        return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Instant>().HaveConversion<InstantConversion>().HavePrecision(6);
        configurationBuilder.Properties<LocalDate>().HaveConversion<LocalDateConversion>();
        configurationBuilder.Properties<Currency>().HaveConversion<CurrencyConversion>().HaveMaxLength(3);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<string>().HaveMaxLength(200);

        configurationBuilder.Properties<PlanId>().HaveConversion<TypedIdConversion<PlanId>>();
        configurationBuilder.Properties<PriceId>().HaveConversion<TypedIdConversion<PriceId>>();
        configurationBuilder.Properties<PriceMoveId>().HaveConversion<TypedIdConversion<PriceMoveId>>();
        configurationBuilder.Properties<DiscountId>().HaveConversion<TypedIdConversion<DiscountId>>();
        configurationBuilder.Properties<CustomerId>().HaveConversion<TypedIdConversion<CustomerId>>();
        configurationBuilder.Properties<CardId>().HaveConversion<TypedIdConversion<CardId>>();
        configurationBuilder.Properties<SubscriptionId>().HaveConversion<TypedIdConversion<SubscriptionId>>();
        configurationBuilder.Properties<BreakId>().HaveConversion<TypedIdConversion<BreakId>>();
        configurationBuilder.Properties<InvoiceId>().HaveConversion<TypedIdConversion<InvoiceId>>();
        configurationBuilder.Properties<CreditNoteId>().HaveConversion<TypedIdConversion<CreditNoteId>>();
        configurationBuilder.Properties<PaymentAttemptId>().HaveConversion<TypedIdConversion<PaymentAttemptId>>();
        configurationBuilder.Properties<DunningCaseId>().HaveConversion<TypedIdConversion<DunningCaseId>>();
        configurationBuilder.Properties<CardWatchId>().HaveConversion<TypedIdConversion<CardWatchId>>();
        configurationBuilder.Properties<CancelSessionId>().HaveConversion<TypedIdConversion<CancelSessionId>>();
        configurationBuilder.Properties<RefundId>().HaveConversion<TypedIdConversion<RefundId>>();
        configurationBuilder.Properties<ReceivedPaymentId>().HaveConversion<TypedIdConversion<ReceivedPaymentId>>();
        configurationBuilder.Properties<DisputeId>().HaveConversion<TypedIdConversion<DisputeId>>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(BillingDbContext).Assembly);

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(SnakeCase(entity.GetTableName()!));
            foreach (var property in entity.GetProperties()) property.SetColumnName(SnakeCase(property.Name));
            if (entity.FindProperty(nameof(IVersioned.Version)) is { } version && typeof(IVersioned).IsAssignableFrom(entity.ClrType))
                version.IsConcurrencyToken = true;
            foreach (var key in entity.GetForeignKeys()) key.DeleteBehavior = DeleteBehavior.Restrict;
        }

        // Last, when every table has its name: a name in lower case needs no quotes on any database.
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var key in entity.GetKeys()) key.SetName(key.GetName()!.ToLowerInvariant());
            foreach (var key in entity.GetForeignKeys()) key.SetConstraintName(key.GetConstraintName()!.ToLowerInvariant());
            foreach (var index in entity.GetIndexes()) index.SetDatabaseName(index.GetDatabaseName()!.ToLowerInvariant());
        }
    }

    /// <summary>
    /// What this context holds of a kind already. <c>Local</c> by itself looks through everything that is held for changes, each time it is
    /// asked: for every decline of a batch, that was a tenth of the billing run's work.
    /// </summary>
    internal IReadOnlyList<T> Held<T>() where T : class
    {
        var looks = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. Set<T>().Local];
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = looks;
        }
    }

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}

/// <summary>The model on SQLite.</summary>
public sealed class SqliteBillingDbContext(DbContextOptions<SqliteBillingDbContext> options) : BillingDbContext(options);

/// <summary>The model on PostgreSQL.</summary>
public sealed class PostgresBillingDbContext(DbContextOptions<PostgresBillingDbContext> options) : BillingDbContext(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        // What begins with some letters is a range of the index, as on the other databases: by code point, not by language.
        foreach (var key in new[] { nameof(Customer.NameKey), nameof(Customer.LastNameKey), nameof(Customer.MailKey) })
            modelBuilder.Entity<Customer>().Property(key).UseCollation("C");
    }
}

/// <summary>The model on SQL Server.</summary>
public sealed class SqlServerBillingDbContext(DbContextOptions<SqlServerBillingDbContext> options) : BillingDbContext(options)
{
    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        // Texts are equal when every character is, as on the other databases: the server's own collation is likely to
        // take two idempotency keys, tokens or codes that differ in case for one.
        configurationBuilder.Properties<string>().UseCollation("Latin1_General_100_BIN2");
        configurationBuilder.Properties<Currency>().UseCollation("Latin1_General_100_BIN2");
        configurationBuilder.Properties<Enum>().UseCollation("Latin1_General_100_BIN2");
    }
}
