using System.Net;
using Amends.Adapters.Payments;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Ledger;
using Amends.Domain.Payments;
using Amends.Domain.People;
using Amends.Features.Payments;
using Amends.Tests.Channels.Email;
using Amends.Tests.Servers;

namespace Amends.Tests.Features.Payments;

/// <summary>A refund that a bank gives back days after it was seen: told by Stripe, or found by looking again.</summary>
public sealed class ReturnedPaymentTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_refund_that_fails_after_it_was_seen_is_owed_again_and_everybody_hears_of_it(string kind)
    {
        await using var stripe = new FakeStripe();
        await using var desk = await Desk.Start(kind);
        var (number, jo) = await Paid(desk, stripe);
        await desk.Cases.Change(number, @case => @case.CompleteDelivery(null, desk.Clock.Now.AddDays(2), jo, new Company().Calendar(), desk.Clock.Now));
        var refund = Assert.Single(stripe.Statement(Payment.KeyOf(number, 1)));
        var (fine, failed) = (FakeStripe.Event("evt_1", "refund.updated", refund), FakeStripe.Event("evt_2", "refund.failed", refund with { Status = "failed" }));

        // What it tells is not believed: here the refund stands, whatever an event says.
        Assert.Equal(HttpStatusCode.OK, (await Post(desk, FakeStripe.Event("evt_0", "refund.failed", refund with { Status = "failed" }))).StatusCode);
        await desk.RunDue();
        Assert.Equal(PaymentState.Confirmed, (await desk.Cases.Find(number))!.Payments[0].State);

        stripe.Fail(refund.Id);
        Assert.Equal(HttpStatusCode.OK, (await Post(desk, failed)).StatusCode);
        Assert.Equal("Known already.", await (await Post(desk, failed)).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await Post(desk, fine)).StatusCode); // the older one comes later
        await desk.RunDue();
        await desk.RunDue();

        var state = (await desk.Cases.Find(number))!;
        Assert.Equal((PaymentState.Failed, CaseStage.Delivering, true), (state.Payments[0].State, state.Stage, state.Remedies[0].IsOpen));
        Assert.Equal("Stripe says that it failed (expired or canceled card).", state.Payments[0].Problem);
        Assert.Contains("did not arrive", state.NextContact!.What);
        Assert.InRange(state.NextContact.DueAt, desk.Clock.Now, desk.Clock.Now.AddDays(4));
        Assert.Equal(1, await desk.Value<long>("select count(*) from notices where text like '%came back to us%'"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from events where kind = 'payment_returned'"));
        Assert.Equal(1, await desk.Value<long>($"select count(distinct entry) from ledger_lines where kind = {(int)EntryKind.Returned} and reversal_of = (select min(entry) from ledger_lines where kind = {(int)EntryKind.Paid})"));
        Assert.Equal((0L, -2000L), (await desk.Value<long>("select sum(minor) from ledger_lines"), await desk.Value<long>($"select sum(minor) from ledger_lines where account = {(int)Account.Owed}")));

        using var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        var row = (await (await lea.GetAsync("/reports/payments?show=failed")).Tree()).Words("table");
        Assert.Contains("came back", row);
        Assert.Contains("expired or canceled card", row);

        // It is paid once more, by a transfer.
        using var browser = await desk.SignIn(jo);
        await browser.Send($"/cases/{number}/payments", $"/cases/{number}/payments", new() { ["Remedy"] = "1", ["To"] = "" });
        await browser.Send($"/cases/{number}/payments", $"/cases/{number}/payments/2/confirmation", new() { ["proof"] = "Statement 51, line 2" });
        Assert.False((await desk.Cases.Find(number))!.Remedies[0].IsOpen);
        Assert.Equal((0L, 0L), (await desk.Value<long>($"select sum(minor) from ledger_lines where account = {(int)Account.Owed}"), await desk.Value<long>($"select sum(minor) from ledger_lines where account = {(int)Account.Cash}") + 2000));
        Assert.Contains("Nothing failed that is still owed", await lea.GetStringAsync("/reports/payments?show=failed"));
    }

    [Fact]
    public async Task What_is_not_signed_by_stripe_is_refused_and_what_is_none_of_ours_is_let_be()
    {
        await using var stripe = new FakeStripe();
        await using var desk = await Desk.Start();
        var (number, _) = await Paid(desk, stripe);
        var refund = stripe.Fail(stripe.Statement(Payment.KeyOf(number, 1))[0].Id);
        var body = FakeStripe.Event("evt_1", "refund.failed", refund);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(desk, body, signature: "")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(desk, body, signature: FakeStripe.Sign(body, "whsec_other", desk.Clock.Now))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(desk, body.Replace("evt_1", "evt_9", StringComparison.Ordinal), signature: FakeStripe.Sign(body, StripeTests.Secret, desk.Clock.Now))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(desk, body, signature: FakeStripe.Sign(body, StripeTests.Secret, desk.Clock.Now.AddMinutes(-10)))).StatusCode); // somebody kept it
        foreach (var nonsense in new[] { "null", "[]", "{}", "\"x\"", """{"id":"evt_5","object":"event","type":"refund.failed"}""", """{"id":"evt_5","object":"event","type":"refund.failed","data":{"object":7}}""", "{" })
            Assert.Equal(HttpStatusCode.OK, (await Post(desk, nonsense)).StatusCode); // signed, and unknown: Stripe would only send it again
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Post(desk, body + new string(' ', 300_000))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Post(desk, FakeStripe.Event("evt_6", "charge.succeeded", refund))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Post(desk, FakeStripe.Event("evt_7", "refund.failed", refund with { Id = "re_somebodys", AmendsKey = $"{Payment.KeyOf(number, 1)}-00000000" }))).StatusCode); // another desk at the same account
        Assert.Equal(0, await desk.Value<long>("select count(*) from jobs where failed_at is null"));
        await desk.RunDue();
        Assert.Equal(PaymentState.Confirmed, (await desk.Cases.Find(number))!.Payments[0].State);
        Assert.Equal(HttpStatusCode.OK, (await Post(desk, body)).StatusCode);
        await desk.RunDue();
        Assert.Equal(PaymentState.Failed, (await desk.Cases.Find(number))!.Payments[0].State);

        await desk.Get<StoredSettings>().Set(PaymentSettings.Setting, new PaymentSettings());
        Assert.Equal(HttpStatusCode.BadRequest, (await Post(desk, FakeStripe.Event("evt_8", "refund.failed", refund))).StatusCode);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Without_a_word_from_stripe_it_is_found_by_looking_again_for_thirty_days(string kind)
    {
        await using var stripe = new FakeStripe();
        await using var desk = await Desk.Start(kind);
        var (number, jo) = await Paid(desk, stripe);
        await desk.Cases.Change(number, @case =>
        {
            @case.CompleteDelivery(null, desk.Clock.Now.AddDays(2), jo, new Company().Calendar(), desk.Clock.Now);
            @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Phone, "Yes.", jo, new Company().Calendar(), desk.Clock.Now);
        });
        var looks = desk.Get<LookAgain>();
        async Task Look(TimeSpan after)
        {
            desk.Clock.Now += after;
            await looks.RunOnce(default);
            await desk.RunDue();
        }

        var before = stripe.Looked;
        await Look(TimeSpan.FromHours(7));
        await Look(TimeSpan.FromHours(1)); // not before six hours are over
        Assert.Equal(before + 1, stripe.Looked);
        Assert.Equal(CaseStage.Closed, (await desk.Cases.Find(number))!.Stage);

        stripe.Fail(stripe.Statement(Payment.KeyOf(number, 1))[0].Id);
        await Look(TimeSpan.FromDays(20));
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal((CaseStage.Delivering, 1, true), (state.Stage, state.Reopened, state.Remedies[0].IsOpen));
        Assert.NotNull(state.NextContact);
        Assert.Equal(-2000L, await desk.Value<long>($"select sum(minor) from ledger_lines where account = {(int)Account.Owed}"));

        var (other, _) = await Paid(desk, stripe, "Jonas Berg", "pi_jonas");
        stripe.Fail(stripe.Statement(Payment.KeyOf(other, 1))[0].Id);
        await Look(TimeSpan.FromDays(31));
        Assert.Equal(PaymentState.Confirmed, (await desk.Cases.Find(other))!.Payments[0].State); // after thirty days nobody looks by themselves
    }

    private static async Task<(long Number, Actor Jo)> Paid(Desk desk, FakeStripe stripe, string customer = "Amara Okafor", string original = "pi_amara1")
    {
        await StripeTests.Use(desk, stripe);
        var jo = await desk.AddPerson("Jo" + customer[0], Role.Owner);
        var number = await PaymentTests.Owe(desk, jo, customer);
        await desk.Cases.Change(number, @case => @case.RequestPayment(1, StripeRefunds.Key, false, jo, desk.Clock.Now, original));
        await PaymentTests.RunOn(desk, 2);
        Assert.Equal(PaymentState.Confirmed, (await desk.Cases.Find(number))!.Payments[0].State);
        return (number, jo);
    }

    private static async Task<HttpResponseMessage> Post(Desk desk, string body, string? signature = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, StripeEvents.Path) { Content = new StringContent(body, null, "application/json") };
        request.Headers.TryAddWithoutValidation("Stripe-Signature", signature ?? FakeStripe.Sign(body, StripeTests.Secret, desk.Clock.Now));
        using var stranger = desk.Browser(follow: false);
        return await stranger.SendAsync(request);
    }
}
