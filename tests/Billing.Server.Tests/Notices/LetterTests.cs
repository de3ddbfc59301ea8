using Billing.Server.BillingRun;
using Billing.Server.Notices;
using Billing.Server.Tests.Faults;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Notices;

/// <summary>Letters on their way, to a real mail server on this machine.</summary>
public sealed class LetterTests(PostgresServer postgres)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 6, 1, 10, 0);

    // A machine that stood still for half a minute is no trouble of the mail server's.
    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(20);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_letter_is_sent_once_and_kept(string database)
    {
        await using var office = new PostOffice();
        await using var house = await TestHouse.OnAsync(database, postgres, Now);
        var letter = await WriteAsync(house, "আপনার চিঠি", "প্রথম লাইন\n.\nশেষ লাইন");

        for (var run = 0; run < 2; run++) await DeliverAsync(house, office);

        var mail = Assert.Single(office.Taken);
        Assert.Equal(("আপনার চিঠি", $"{letter:N}@example.com"), (mail.Subject, mail.MessageId));
        Assert.Equal("প্রথম লাইন\n.\nশেষ লাইন", mail.TextBody!.ReplaceLineEndings("\n").TrimEnd('\n'));
        Assert.Equal(("Harbour & Co", "olivia@example.com"), (mail.From.Mailboxes.Single().Name, mail.To.Mailboxes.Single().Address));
        var kept = await ReadAsync(house);
        Assert.Equal((Now, 1, null), (kept.SentAt!.Value, kept.Attempts, kept.NextTryAt));
    }

    [Fact]
    public async Task Many_runs_at_once_send_a_letter_once()
    {
        await using var office = new PostOffice();
        await using var house = await TestHouse.OnAsync(Databases.Postgres, postgres, Now);
        for (var i = 0; i < 10; i++) await WriteAsync(house, $"Letter {i}", "Text");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => DeliverAsync(house, office), TestHouse.Cancellation)));

        Assert.Equal(10, office.Taken.Count);
        Assert.Equal(10, office.Taken.Select(m => m.MessageId).Distinct().Count());
    }

    [Fact]
    public async Task A_letter_the_server_cannot_take_now_goes_later()
    {
        await using var office = new PostOffice { Answer = "451 busy" };
        await using var house = await TestHouse.OnSqliteAsync(Now);
        await WriteAsync(house, "Later", "Text");

        await DeliverAsync(house, office);
        var waiting = await ReadAsync(house);
        Assert.Equal((null, Now + Duration.FromMinutes(5), "busy"), (waiting.SentAt, waiting.NextTryAt!.Value, waiting.Trouble));

        office.Answer = "250 ok";
        await DeliverAsync(house, office);
        Assert.Empty(office.Taken);
        house.Clock.Now += Duration.FromMinutes(5);
        await DeliverAsync(house, office);
        Assert.Equal((1, 2, null), (office.Taken.Count, (await ReadAsync(house)).Attempts, (await ReadAsync(house)).Trouble));
    }

    [Fact]
    public async Task A_letter_the_server_will_never_take_is_given_up_with_what_it_said()
    {
        await using var office = new PostOffice { Answer = "550 nobody here" };
        await using var house = await TestHouse.OnSqliteAsync(Now);
        await WriteAsync(house, "Never", "Text");

        await DeliverAsync(house, office);

        var given = await ReadAsync(house);
        Assert.Equal((null, null, "550 nobody here"), (given.SentAt, given.NextTryAt, given.Trouble));
    }

    [Fact]
    public async Task A_letter_that_is_never_taken_is_tried_for_about_three_days()
    {
        await using var office = new PostOffice { Answer = "451 busy" };
        await using var house = await TestHouse.OnSqliteAsync(Now);
        await WriteAsync(house, "Never", "Text");

        while ((await ReadAsync(house)).NextTryAt is { } next)
        {
            house.Clock.Now = next;
            await DeliverAsync(house, office);
        }

        Assert.Equal(DeliverLetters.MostAttempts, (await ReadAsync(house)).Attempts);
        Assert.InRange((house.Clock.Now - Now).TotalDays, 2.5, 4);
    }

    [Fact]
    public async Task A_letter_sent_by_a_process_that_dies_goes_out_again_as_the_same_letter()
    {
        await using var office = new PostOffice();
        var death = new SuddenDeath();
        await using var house = await TestHouse.OnSqliteAsync(Now, new() { Interceptors = [death] });
        var twice = 0;
        for (var point = 1; ; point++)
        {
            var letter = await WriteAsync(house, "Same", "Text");
            death.StrikeAt(point);
            var killed = await Record.ExceptionAsync(() => DeliverAsync(house, office));
            death.Restart();
            house.Clock.Now += Duration.FromMinutes(5);
            await DeliverAsync(house, office);

            var copies = office.Taken.Count(m => m.MessageId == $"{letter:N}@example.com");
            Assert.InRange(copies, 1, 2);
            twice += copies - 1;
            var kept = await house.ReadAsync(db => db.Letters.SingleAsync(l => l.Id == letter, TestHouse.Cancellation));
            Assert.True(kept.SentAt is not null, $"Not sent: {kept.Trouble}");
            if (killed is null) break;
        }

        Assert.Equal(1, twice);
    }

    [Fact]
    public async Task Without_a_mail_server_letters_stay_and_are_read_in_the_sandbox()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var customer = (await house.Client.AddCustomerAsync(new("USD", "UTC"), cancellationToken: ApiHouse.Cancellation)).Id;
        await house.ReadAsync(async db =>
        {
            db.Letters.Add(Letter.Write(Guid.NewGuid(), new(customer), "a@example.com", "Good <news>", "It works", "en", Now));
            return await db.SaveChangesAsync(ApiHouse.Cancellation);
        });

        Assert.Equal("Finished", (await house.RunAsync()).State.ToString());

        var page = await house.Http.GetStringAsync("/sandbox/mailbox", ApiHouse.Cancellation);
        Assert.Contains("Good &lt;news&gt;", page, StringComparison.Ordinal);
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/sandbox/mailbox") { Headers = { Host = "billing.example.com" } };
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await house.Http.SendAsync(elsewhere, ApiHouse.Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("Billing:Smtp:From", "", "must say the address")]
    [InlineData("Billing:Smtp:Security", "maybe", "is starttls, tls or none")]
    public void A_mail_server_that_cannot_be_used_keeps_the_server_from_starting(string name, string value, string said)
    {
        var settings = Settings(25);
        settings[name] = value;
        var refused = Assert.Throws<InvalidOperationException>(() => SmtpPost.From(Configured(settings)));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_host_there_is_no_post() => Assert.False(SmtpPost.From(Configured([])).IsThere);

    private static Dictionary<string, string?> Settings(int port) => new(StringComparer.Ordinal)
    {
        ["Billing:Smtp:Host"] = "127.0.0.1", ["Billing:Smtp:Port"] = $"{port}", ["Billing:Smtp:Security"] = "none",
        ["Billing:Smtp:From"] = "billing@example.com", ["Billing:Merchant:Name"] = "Harbour & Co",
    };

    private static IConfiguration Configured(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    /// <summary>What the run's last pass does.</summary>
    private static async Task DeliverAsync(TestHouse house, PostOffice office)
    {
        var pass = new DeliverLetters(house.Database, SmtpPost.From(Configured(Settings(office.Port)), Patient), house.Get<BillingClock>(), house.Get<ILogger<DeliverLetters>>());
        while (await pass.NextDueAsync(house.Clock.Now, TestHouse.Cancellation) is { Count: > 0 } ids)
            await pass.DoAsync(ids, house.Clock.Now, TestHouse.Cancellation);
    }

    private static Task<Letter> ReadAsync(TestHouse house) => house.ReadAsync(db => db.Letters.AsNoTracking().SingleAsync(TestHouse.Cancellation));

    private static async Task<Guid> WriteAsync(TestHouse house, string subject, string text)
    {
        var customer = (await house.AddCustomerAsync()).Id;
        var letter = Letter.Write(Guid.NewGuid(), new(customer), "olivia@example.com", subject, text, "bn", house.Clock.Now);
        await house.ReadAsync(async db =>
        {
            db.Letters.Add(letter);
            return await db.SaveChangesAsync(TestHouse.Cancellation);
        });
        return letter.Id;
    }
}
