using System.Net;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Contents;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Web;

namespace Amends.Tests.Features.Approvals;

/// <summary>Where two people look, what limits count, a loss that is asked about once, and extras that run out, on both databases.</summary>
public sealed class FourEyesTests
{
    private static readonly Company Company = new();

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Two_look_at_large_sums_at_customers_close_to_us_and_at_what_is_turned_round(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, max) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Max", Role.Owner));
        var number = await LimitTests.Understood(desk, jo, "Amara Okafor");
        Assert.True(await LimitTests.Prepare(desk, number, max, 300) is { NeedsApproval: false, GivenAlone: true }); // nobody could agree
        var marta = await desk.AddPerson("Marta", Role.Manager);
        Assert.Equal([ApprovalReason.SecondPerson], (await LimitTests.Prepare(desk, number, max, 300)).WhyApproval);

        var close = await LimitTests.Understood(desk, jo, "Ben Ito");
        Assert.False((await LimitTests.Prepare(desk, close, jo, 5)).NeedsApproval);
        await desk.Database.Write(unit => unit.Run("insert into customer_addresses (address_key, address, customer_id) select 'MARTA@DESK.EXAMPLE', 'marta@desk.example', customer_id from cases where number = @close", new { close }));
        Assert.Equal([ApprovalReason.Related], (await LimitTests.Prepare(desk, close, jo, 5)).WhyApproval);
        using var owner = await desk.SignIn(max);
        Assert.Contains("The customer is one of us", (await owner.Open($"/cases/{close}/offer")).Words("main"));
        await Assert.ThrowsAsync<Refused>(() => desk.Cases.Change(close, async (@case, unit) => @case.ApproveOffer(2, marta, desk.Clock.Now, await MoneyDesk.PowerIn(unit, Company, marta, @case.State.CustomerId, close, desk.Clock.Now))));

        var given = await LimitTests.Understood(desk, jo, "Cy Roe");
        await LimitTests.Prepare(desk, given, jo, 60);
        await desk.Cases.Change(given, async (@case, unit) =>
        {
            @case.ApproveOffer(1, max, desk.Clock.Now, await MoneyDesk.PowerIn(unit, Company, max, @case.State.CustomerId, given, desk.Clock.Now));
            @case.SendOffer(1, jo, Company.Calendar(), desk.Clock.Now);
            @case.Choose(1, 1, Channel.Phone, "Yes.", jo, Company.Calendar(), desk.Clock.Now);
        });
        using var agent = await desk.SignIn(jo);
        var own = await agent.Send($"/cases/{given}/delivery", $"/cases/{given}/remedies/1/failure", new() { ["note"] = "It came back." });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (own.StatusCode, (await own.Tree()).Words("main").Contains("a colleague records that it did not work", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.SeeOther, (await owner.Send($"/cases/{given}/delivery", $"/cases/{given}/remedies/1/failure", new() { ["note"] = "It came back." })).StatusCode);
        Assert.Equal(0, await desk.Value<long>("select coalesce(sum(minor), 0) from money_given where case_number = @given", new { given }));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_goods_cost_counts_once_somebody_said_so_and_a_loss_is_asked_about_once(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await LimitTests.Understood(desk, jo, "Amara Okafor");
        await desk.Database.Write(unit => StoredSettings.SetIn(unit, "books", new BookSettings { CostShare = 50 }));
        await LimitTests.Give(desk, number, jo, 80, 1, RemedyKind.Replacement);
        Assert.Equal(4000, await desk.Value<long>("select sum(minor) from money_given"));

        var poor = await LimitTests.Understood(desk, jo, "Ben Ito");
        await desk.Database.Write(async unit =>
        {
            await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) select customer_id, 'A-1', 'A-1', @at, 1000, 'EUR' from cases where number = @poor", new { poor, at = desk.Clock.Now.AddDays(-9).ToUnixTimeMilliseconds() });
            await unit.Run("update cases set order_id = (select max(id) from orders) where number = @poor", new { poor });
        });
        using var browser = await desk.SignIn(jo);
        var at = $"/cases/{poor}";
        var asked = await browser.Send($"{at}/offer/new", $"{at}/offers", Offer(desk, "40"));
        var form = await asked.Tree();
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true, "40"), (asked.StatusCode, form.Words("#Sure").Contains("is a loss that is not expected to come back", StringComparison.Ordinal), form.QuerySelector("#Options_1_Amount")!.GetAttribute("value")));
        Assert.Empty((await desk.Cases.Find(poor))!.Offers);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send($"{at}/offer/new", $"{at}/offers", new(Offer(desk, "40")) { ["Sure"] = form.QuerySelector("input[name=Sure]")!.GetAttribute("value")! })).StatusCode);
        Assert.NotNull((await desk.Cases.Find(poor))!.Offer!.SentAt);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send($"{at}/offer/new", $"{at}/offers", new(Offer(desk, "90")) { ["Options[0].Law"] = "other", ["Options[0].OtherLaw"] = "The law on sales" })).StatusCode); // what the law gives is asked about by nobody
        Assert.Equal(2, (await desk.Cases.Find(poor))!.Offers.Count(offer => offer.SentAt is not null));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_last_piece_of_something_extra_is_promised_once_and_offered_no_more_until_it_is_free(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        using var browser = await desk.SignIn(jo);
        var extra = ContentFiles.Shipped.First(item => item.Kind == ContentKind.Extra);
        var page = $"/content/{extra.Key}";
        var wrong = await browser.Send(page, page + "/stock", new() { ["left"] = "many" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "many"), (wrong.StatusCode, (await wrong.Tree()).QuerySelector("#left")!.GetAttribute("value")));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(page, page + "/stock", new() { ["left"] = "1" })).StatusCode);

        var numbers = new List<long>();
        foreach (var name in new[] { "Amara Okafor", "Ben Ito", "Cy Roe", "Di Poe" })
            numbers.Add(await LimitTests.Understood(desk, jo, name));
        var got = await Task.WhenAll(numbers.Select(number => Take(desk, number, jo, extra)));
        Assert.Equal((1, 3), (got.Count(code => code is null), got.Count(code => code == "extra_gone")));
        Assert.Equal((0L, 1L), (await desk.Value<long>("select pieces from extra_stock"), await desk.Value<long>("select sum(pieces) from extras_held")));
        var (winner, loser) = (numbers[Array.IndexOf(got, null)], numbers[Array.FindIndex(got, code => code is not null)]);
        Assert.DoesNotContain(extra.Title, await Listed(loser));
        using (var shop = await desk.AsProgram("Shop", Scopes.CasesRead))
            Assert.Equal(0, (await shop.Get($"/api/v1/content/{extra.Key}")).GetProperty("left").GetInt32());

        await desk.Cases.Change(winner, @case => @case.Decline(1, Channel.Phone, "No, thank you.", jo, Company.Calendar(), desk.Clock.Now));
        Assert.Contains($"{extra.Title}: worth", await Listed(loser));
        Assert.Contains("1 left", await Listed(loser));
        Assert.Null(await Take(desk, loser, jo, extra));
        await desk.Cases.Change(loser, @case => @case.Choose(@case.State.Offer!.Id, 1, Channel.Phone, "Yes.", jo, Company.Calendar(), desk.Clock.Now));
        Assert.Equal((0L, 1L), (await desk.Value<long>("select pieces from extra_stock"), await desk.Value<long>("select chosen from extras_held")));

        async Task<string> Listed(long number) => (await (await browser.Send($"/cases/{number}/offer/new", $"/cases/{number}/offers", new(Offer(desk, "")) { ["Options[0].Kind"] = "ValueAdd", ["Then"] = "more" })).Tree()).Words("#Options_1_Extra");
    }

    private static async Task<string?> Take(Desk desk, long number, Actor by, ContentItem extra)
    {
        try
        {
            await desk.Cases.Change(number, async (@case, unit) =>
            {
                var power = await MoneyDesk.PowerIn(unit, Company, by, @case.State.CustomerId, number, desk.Clock.Now);
                var remedy = new OptionRemedy(RemedyKind.ValueAdd, extra.Title, new Money(extra.CostMinor, "EUR"), desk.Clock.Now.AddDays(2)) { Data = new RemedyData { Extra = extra.Title, ExtraKey = extra.Key, Cost = new Money(extra.CostMinor, "EUR") } };
                @case.PrepareOffer(new Case.Draft([new Option(0, extra.Title, "Because of tea.", [remedy], true)], null, desk.Clock.Now.AddDays(3), desk.Clock.Now.AddDays(7)), by, desk.Clock.Now, power);
                @case.SendOffer(@case.State.Offer!.Id, by, Company.Calendar(), desk.Clock.Now, power);
            });
            return null;
        }
        catch (Refused no)
        {
            return no.Code;
        }
    }

    private static Dictionary<string, string> Offer(Desk desk, string amount) => new()
    {
        ["AnswerBy"] = Local(desk, 72), ["CheckBackAt"] = Local(desk, 168), ["Then"] = "send", ["Options[0].Title"] = "This", ["Options[0].Why"] = "Because of tea", ["Options[0].Kind"] = "Refund", ["Options[0].What"] = "Money back",
        ["Options[0].Amount"] = amount, ["Options[0].Due"] = Local(desk, 48), ["Options[0].AsWanted"] = "on",
    };

    private static string Local(Desk desk, int hours) => desk.Clock.Now.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm");
}
