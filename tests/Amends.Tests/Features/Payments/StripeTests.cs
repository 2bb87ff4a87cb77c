using System.Net;
using Amends.Adapters.Payments;
using Amends.Data;
using Amends.Domain.Payments;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Servers;

namespace Amends.Tests.Features.Payments;

/// <summary>Refunds through Stripe's own library, against a Stripe on the loopback that fails, stalls and lies.</summary>
public sealed class StripeTests
{
    /// <summary>What events are signed with.</summary>
    internal const string Secret = "whsec_amends_test";

    [Fact]
    public async Task An_owner_sets_a_key_that_works_and_a_refund_goes_back_to_the_payment_of_the_order()
    {
        await using var stripe = new FakeStripe();
        await using var desk = await Desk.Start();
        var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        var wrong = await owner.Send("/settings/payments", "/settings/payments", new() { ["Provider"] = "stripe", ["Url"] = stripe.Url, ["Key"] = "rk_test_other" });
        Assert.Contains("does not know this key", (await wrong.Tree()).Words("#Key-error"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await owner.Send("/settings/payments", "/settings/payments", new() { ["Provider"] = "stripe", ["Url"] = "http://example.com" })).StatusCode);
        var secret = await owner.Send("/settings/payments", "/settings/payments", new() { ["Provider"] = "stripe", ["Url"] = stripe.Url, ["Key"] = stripe.Key, ["SigningSecret"] = "sk_live_other" });
        Assert.Contains("begins with whsec_", (await secret.Tree()).Words("#SigningSecret-error"));
        await owner.Send("/settings/payments", "/settings/payments", new() { ["Provider"] = "stripe", ["Url"] = stripe.Url, ["Key"] = stripe.Key, ["SigningSecret"] = Secret });
        Assert.Contains("/webhooks/stripe", (await (await owner.GetAsync("/settings/payments")).Tree()).Words("main code"));
        var set = (await desk.Get<StoredSettings>().Get<PaymentSettings>(PaymentSettings.Setting))!;
        Assert.DoesNotContain(stripe.Key, set.StripeKey);
        Assert.Equal((false, Secret), (set.StripeSigningSecret.Contains("whsec", StringComparison.Ordinal), desk.Get<StripeRefunds>().SigningSecretIn(set)));

        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await PaymentTests.Owe(desk, jo, "Amara Okafor");
        var customer = (await desk.Cases.Find(number))!.CustomerId;
        await desk.Database.Write(unit => unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, payment) values (@customer, 'A-1', 'A-1', 0, 8000, 'EUR', 'pi_amara1')", new { customer }));
        var browser = await desk.SignIn(jo);
        var page = await (await browser.GetAsync($"/cases/{number}/payments")).Tree();
        Assert.Equal("pi_amara1", page.QuerySelector("input[type=radio][checked]")!.GetAttribute("value"));
        var nonsense = await browser.Send($"/cases/{number}/payments", $"/cases/{number}/payments", new() { ["Remedy"] = "1", ["Typed"] = "4711" });
        Assert.Contains("begins with pi_ or ch_", (await nonsense.Tree()).Words("[role=alert]"));
        await browser.Send($"/cases/{number}/payments", $"/cases/{number}/payments", new() { ["Remedy"] = "1", ["To"] = "pi_amara1" });
        await PaymentTests.RunOn(desk, 2);

        var refund = Assert.Single(stripe.Statement(Payment.KeyOf(number, 1)));
        Assert.Equal(("pi_amara1", 2000L), (refund.Original, refund.Amount));
        var payment = (await desk.Cases.Find(number))!.Payments[0];
        Assert.Equal((PaymentState.Confirmed, refund.Id), (payment.State, payment.Reference));
        Assert.Equal((4L, refund.Id), (await desk.Value<long>("select state from payments"), await desk.Value<string>("select reference from payments")));
    }

    [Fact]
    public async Task A_payment_that_is_not_known_as_theirs_waits_for_a_second_person()
    {
        await using var stripe = new FakeStripe();
        await using var desk = await Desk.Start();
        await Use(desk, stripe);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await PaymentTests.Owe(desk, jo, "Amara Okafor");
        var browser = await desk.SignIn(jo);
        await browser.Send($"/cases/{number}/payments", $"/cases/{number}/payments", new() { ["Remedy"] = "1", ["Typed"] = "pi_somebodys" });
        await desk.RunDue();
        Assert.Equal(0, stripe.Asked);
        var lea = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        Assert.Contains("waits for a second person", (await (await lea.GetAsync("/reports/payments")).Tree()).Words("table"));
        await lea.Send($"/cases/{number}/payments", $"/cases/{number}/payments/1/authorisation");
        await PaymentTests.RunOn(desk, 2);
        Assert.Equal("pi_somebodys", Assert.Single(stripe.Statement(Payment.KeyOf(number, 1))).Original);
        Assert.Contains("was seen", (await (await lea.GetAsync("/reports/payments?show=done")).Tree()).Words("table"));
    }

    [Theory]
    [InlineData(StripeTrick.HangsUpBefore, PaymentState.Confirmed, 1, null)]
    [InlineData(StripeTrick.HangsUpAfter, PaymentState.Confirmed, 1, null)]
    [InlineData(StripeTrick.BreaksAfter, PaymentState.Confirmed, 1, null)]
    [InlineData(StripeTrick.Rubbish, PaymentState.Confirmed, 1, null)]
    [InlineData(StripeTrick.SaysNoAndPays, PaymentState.Confirmed, 1, null)]
    [InlineData(StripeTrick.SaysPaidAndDoesNot, PaymentState.Failed, 0, "on no statement")]
    [InlineData(StripeTrick.PaysTwice, PaymentState.Confirmed, 2, "it went out 2 times")]
    [InlineData(StripeTrick.Refuses, PaymentState.Failed, 0, "greater than unrefunded")]
    public async Task Whatever_it_does_one_effect_a_key_or_somebody_hears_of_it(StripeTrick trick, PaymentState ends, int effects, string? told)
    {
        await using var stripe = new FakeStripe { Trick = (_, tries) => tries == 0 || trick is StripeTrick.Refuses ? trick : StripeTrick.None };
        await using var desk = await Desk.Start();
        await Use(desk, stripe);
        await desk.AddPerson("Lea", Role.Lead);
        var jo = await desk.AddPerson("Jo", Role.Owner);
        var number = await PaymentTests.Owe(desk, jo, "Amara Okafor");
        await desk.Cases.Change(number, @case => @case.RequestPayment(1, StripeRefunds.Key, false, jo, desk.Clock.Now, "ch_amara1"));
        await PaymentTests.RunOn(desk, 8);

        Assert.Equal(ends, (await desk.Cases.Find(number))!.Payments[0].State);
        Assert.Equal(effects, stripe.Statement(Payment.KeyOf(number, 1)).Count);
        if (told is not null)
            Assert.True(await desk.Value<long>("select count(*) from notices where text like @like", new { like = $"%{told}%" }) > 0);
    }

    [Fact]
    public async Task What_the_bank_has_not_done_yet_is_looked_for_until_it_has_and_a_forgotten_key_pays_no_second_time()
    {
        await using var stripe = new FakeStripe { Trick = (_, _) => StripeTrick.Pending };
        await using var desk = await Desk.Start();
        await Use(desk, stripe);
        var jo = await desk.AddPerson("Jo", Role.Owner);
        var number = await PaymentTests.Owe(desk, jo, "Amara Okafor");
        await desk.Cases.Change(number, @case => @case.RequestPayment(1, StripeRefunds.Key, false, jo, desk.Clock.Now, "ch_amara1"));
        await PaymentTests.RunOn(desk, 40);
        Assert.Equal(PaymentState.Paid, (await desk.Cases.Find(number))!.Payments[0].State);

        stripe.Forget();
        await PaymentTests.Again(desk); // as after a restore: the program asks once more
        await PaymentTests.RunOn(desk, 2);
        Assert.Single(stripe.Statement(Payment.KeyOf(number, 1)));
        stripe.Settle();
        await PaymentTests.RunOn(desk, 7);
        Assert.Equal(PaymentState.Confirmed, (await desk.Cases.Find(number))!.Payments[0].State);
    }

    internal static Task Use(Desk desk, FakeStripe stripe) => desk.Get<StoredSettings>().Set(PaymentSettings.Setting, new PaymentSettings
    {
        Provider = StripeRefunds.Key, StripeUrl = stripe.Url, StripeKey = desk.Get<Amends.Web.Secrets>().Seal(stripe.Key, StripeRefunds.Purpose), StripeSigningSecret = desk.Get<Amends.Web.Secrets>().Seal(Secret, StripeRefunds.SigningPurpose),
    });
}
