using System.Security.Cryptography;
using System.Text;
using Billing.Payments;
using Billing.Server.Payments.Gateways;

namespace Billing.Server.Tests.Gateways;

// The cases about what a gateway tells by itself, and about its book read out.
public abstract partial class PaymentGatewayContract
{
    private static readonly Duration Tolerance = Duration.FromMinutes(5);

    /// <summary>The secrets notices are signed with: the one in use, and the one that is being replaced.</summary>
    protected abstract (string InUse, string Replaced) NoticeSecrets { get; }

    /// <summary>The gateway's present moment.</summary>
    protected abstract Instant Now { get; }

    /// <summary>Until the gateway's clock shows another moment, and which.</summary>
    protected abstract Task<Instant> LaterAsync();

    /// <summary>A notice as this gateway writes it, saying that a payment succeeded.</summary>
    protected abstract byte[] NoticeOf(string id, ChargeRequest request, string paymentReference);

    /// <summary>A notice as this gateway writes it, of a type that nobody planned for.</summary>
    protected abstract byte[] StrangeNotice(string id);

    [Fact]
    public async Task A_signed_notice_says_what_it_is_about()
    {
        var (request, reference) = await PaidAsync();

        var notice = Gateway.ReadNotice(NoticeOf("notice_1", request, reference), Signed(NoticeOf("notice_1", request, reference)), Now);

        Assert.Equal(("notice_1", NoticeSubject.Payment, reference), (notice.Id, notice.About, notice.Reference));
        Assert.Equal((request.CustomerId, request.AttemptId), (notice.CustomerId ?? request.CustomerId, notice.AttemptId));
    }

    [Fact]
    public async Task A_notice_that_is_not_signed_by_the_gateway_is_refused()
    {
        var (request, reference) = await PaidAsync();
        var body = NoticeOf("notice_1", request, reference);
        var signature = Signed(body);
        byte[] changed = [.. body[..^1], (byte)' ', body[^1]];

        Assert.Equal("notice_not_signed", Refusal(changed, signature));
        Assert.Equal("notice_not_signed", Refusal(body, Signed(body, secrets: "a secret of somebody else")));
        Assert.Equal("notice_not_signed", Refusal(body, signature.Replace("t=", "t=1", StringComparison.Ordinal)));
        Assert.All(
            [null, "", "v1=", "t=,v1=", "t=1", "t=1,v1=", "t=x,v1=00", signature.Replace("v1", "v0", StringComparison.Ordinal), $"t=1,{signature}"],
            wrong => Assert.Equal("notice_not_signed", Refusal(body, wrong)));
    }

    [Theory]
    [InlineData(-301, "notice_too_old"), InlineData(-300, null), InlineData(300, null), InlineData(301, "notice_too_new")]
    [InlineData(-600, "notice_too_old"), InlineData(600, "notice_too_new")]
    public async Task A_notice_is_taken_for_five_minutes_to_either_side_of_our_clock(int seconds, string? refused)
    {
        var (request, reference) = await PaidAsync();
        var body = NoticeOf("notice_1", request, reference);
        Assert.Equal(300, Tolerance.TotalSeconds);

        Assert.Equal(refused, Refusal(body, Signed(body, Now + Duration.FromSeconds(seconds))));
    }

    [Fact]
    public async Task While_the_secret_is_changed_either_one_signs_and_one_match_is_enough()
    {
        var (request, reference) = await PaidAsync();
        var body = NoticeOf("notice_1", request, reference);

        Assert.Null(Refusal(body, Signed(body, secrets: NoticeSecrets.InUse)));
        Assert.Null(Refusal(body, Signed(body, secrets: NoticeSecrets.Replaced)));
        Assert.Null(Refusal(body, Signed(body, secrets: ["somebody else's", NoticeSecrets.InUse])));
        Assert.Equal("notice_not_signed", Refusal(body, Signed(body, secrets: ["somebody else's", "nobody's"])));
    }

    [Fact]
    public void What_is_signed_and_no_notice_is_refused_as_such() =>
        Assert.All(["", "{", "[]", "{}", "null", "text"], text => Assert.Equal(
            "notice_malformed", Refusal(Encoding.UTF8.GetBytes(text), Signed(Encoding.UTF8.GetBytes(text)))));

    [Fact]
    public void A_notice_nobody_planned_for_is_read_as_unknown()
    {
        var body = StrangeNotice("notice_9");

        var notice = Gateway.ReadNotice(body, Signed(body), Now);

        Assert.Equal(("notice_9", NoticeSubject.Unknown), (notice.Id, notice.About));
    }

    [Fact]
    public async Task The_book_lists_every_payment_once_and_oldest_first()
    {
        await PaidAsync();
        var since = await LaterAsync();
        List<ChargeRequest> sent = [];
        foreach (var card in new[] { Cards.Succeeds, Cards.Declining[DeclineClass.Soft], Cards.NeedsAuthentication })
        {
            sent.Add(await RequestAsync(card, new Money(1_000 + sent.Count, Usd)));
            await Gateway.ChargeAsync(sent[^1], Cancellation);
            await LaterAsync();
        }

        var book = await ListAsync(Gateway.PaymentsSinceAsync(since, Cancellation));

        Assert.Equal(
            sent.Select(r => ((PaymentAttemptId?)r.AttemptId, (InvoiceId?)r.InvoiceId, r.Amount)),
            book.Select(p => (p.AttemptId, p.InvoiceId, p.Amount)));
        Assert.Equal(book.OrderBy(p => p.CreatedAt), book);
        foreach (var (row, request) in book.Zip(sent))
        {
            Assert.Equal(row.Outcome, await Gateway.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
            Assert.Equal(row, await Gateway.ReadPaymentAsync(row.Reference, Cancellation));
        }
    }

    [Fact]
    public async Task A_long_book_is_listed_without_a_gap()
    {
        var since = await LaterAsync();
        var first = await RequestAsync(Cards.Succeeds);
        var sent = Enumerable.Range(0, 230).Select(_ => first with { AttemptId = NewAttempt() }).ToList();
        foreach (var request in sent) await Gateway.ChargeAsync(request, Cancellation);

        var book = await ListAsync(Gateway.PaymentsSinceAsync(since, Cancellation));

        Assert.Equal(sent.Select(r => r.AttemptId.Value).Order(), book.Select(p => p.AttemptId!.Value.Value).Order());
    }

    [Fact]
    public async Task The_book_lists_every_refund_once_and_oldest_first()
    {
        var refund = await CapturedAsync(Cards.Succeeds) with { Amount = new(1_000, Usd) };
        var since = await LaterAsync();
        var first = await Gateway.RefundAsync(refund, Cancellation);
        await LaterAsync();
        var other = refund with { RefundId = NewRefund(), Amount = new(500, Usd) };
        await Gateway.RefundAsync(other, Cancellation);

        var book = await ListAsync(Gateway.RefundsSinceAsync(since, Cancellation));

        Assert.Equal(
            [(refund.RefundId, refund.PaymentReference, refund.Amount), (other.RefundId, other.PaymentReference, other.Amount)],
            book.Select(r => (r.RefundId!.Value, r.PaymentReference, r.Amount)));
        Assert.Equal(first, book[0].Outcome);
        Assert.Equal(book[0], await Gateway.ReadRefundAsync(book[0].Reference, Cancellation));
    }

    [Fact]
    public async Task A_dispute_is_found_and_listed()
    {
        Assert.SkipWhen(Cards.Disputed is null, $"{Gateway.Name} cannot open a dispute on demand.");
        var since = await LaterAsync();
        var payment = await CapturedAsync(Cards.Disputed!);

        var dispute = (await ListAsync(Gateway.DisputesSinceAsync(since, Cancellation))).Single(d => d.PaymentReference == payment.PaymentReference);

        Assert.Equal((payment.Amount, DisputeState.Open), (dispute.Amount, dispute.State));
        Assert.NotEmpty(dispute.Reason);
        Assert.Equal(dispute, await Gateway.FindDisputeAsync(dispute.Reference, Cancellation));
    }

    [Fact]
    public async Task What_the_gateway_never_heard_of_is_not_found_by_its_id()
    {
        Assert.Null(await Gateway.ReadPaymentAsync("pi_none", Cancellation));
        Assert.Null(await Gateway.ReadRefundAsync("re_none", Cancellation));
        Assert.Null(await Gateway.FindDisputeAsync("dp_none", Cancellation));
    }

    private async Task<(ChargeRequest Request, string Reference)> PaidAsync()
    {
        var request = await RequestAsync(Cards.Succeeds);
        return (request, (await Gateway.ChargeAsync(request, Cancellation)).GatewayReference!);
    }

    private string? Refusal(byte[] body, string? signature)
    {
        try
        {
            Gateway.ReadNotice(body, signature, Now);
            return null;
        }
        catch (Refused refused)
        {
            return refused.Code;
        }
    }

    private string Signed(byte[] body, Instant? at = null, params string[] secrets)
    {
        var seconds = (at ?? Now).ToUnixTimeSeconds();
        byte[] dated = [.. Encoding.UTF8.GetBytes($"{seconds}."), .. body];
        var signed = secrets.DefaultIfEmpty(NoticeSecrets.InUse).Select(secret => "v1=" + Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), dated)));
        return $"t={seconds},{string.Join(',', signed)}";
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> rows)
    {
        List<T> all = [];
        await foreach (var row in rows) all.Add(row);
        return all;
    }
}
