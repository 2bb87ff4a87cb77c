using System.Net;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Features.CustomerFiles;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.Approvals;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;

namespace Amends.Tests.Features.Recovery;

/// <summary>What is in stock is looked at before the same thing is offered or sent again (practice 1-17), on both databases.</summary>
public sealed class StockTests
{
    private static readonly Company Company = new();

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_is_not_in_stock_is_asked_about_before_it_is_offered_and_not_set_aside_without_a_word(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, marta) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Marta", Role.Manager));
        var (number, other) = (await Ordered(desk, jo, "Amara Okafor", "A-1"), await Ordered(desk, jo, "Ben Ito", "A-2"));
        using var manager = await desk.SignIn(marta);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await manager.Send("/settings/stock", "/settings/stock/count", new() { ["product"] = "Kettle", ["pieces"] = "-1" })).StatusCode);
        await manager.Send("/settings/stock", "/settings/stock/count", new() { ["product"] = " kettle", ["pieces"] = "1" });
        using var browser = await desk.SignIn(jo);
        Assert.Contains("In stock: 1 of “kettle”.", (await browser.Open($"/cases/{number}/offer/new")).Words("main"));

        await Chosen(desk, number, jo);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send($"/cases/{number}/delivery", $"/cases/{number}/remedies/1/step", new() { ["step"] = "Reserved" })).StatusCode);
        await browser.Send($"/cases/{number}/delivery", $"/cases/{number}/remedies/1/step", new() { ["step"] = "Shipped" }); // one piece, whatever steps follow
        Assert.Equal(0, await desk.Value<long>("select pieces from product_stock"));

        var asked = await browser.Send($"/cases/{other}/offer/new", $"/cases/{other}/offers", Options(desk));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (asked.StatusCode, (await asked.Tree()).Words("#Sure").Contains("None of “kettle” is in stock", StringComparison.Ordinal)));
        Assert.Empty((await desk.Cases.Find(other))!.Offers);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send($"/cases/{other}/offer/new", $"/cases/{other}/offers", new(Options(desk)) { ["Sure"] = "on" })).StatusCode);
        await desk.Cases.Change(other, @case => @case.Choose(1, 1, Channel.Phone, "Yes.", jo, Company.Calendar(), desk.Clock.Now));
        var gone = await browser.Send($"/cases/{other}/delivery", $"/cases/{other}/remedies/1/step", new() { ["step"] = "Reserved" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (gone.StatusCode, (await gone.Tree()).Words("main").Contains("None of “kettle” is left", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send($"/cases/{other}/delivery", $"/cases/{other}/remedies/1/done", new() { ["note"] = "" })).StatusCode);
        Assert.Null((await desk.Cases.Find(other))!.Remedies[0].Step);
        var explained = await browser.Send($"/cases/{other}/delivery", $"/cases/{other}/remedies/1/step", new() { ["step"] = "Reserved", ["note"] = "One is on its way from the maker." });
        Assert.Equal("", explained.StatusCode == HttpStatusCode.SeeOther ? "" : (await explained.Tree()).Words("main"));
        Assert.Equal(RemedyStep.Reserved, (await desk.Cases.Find(other))!.Remedies[0].Step);
        Assert.Equal(0, await desk.Value<long>("select pieces from product_stock"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_shop_tells_what_is_there_by_a_file_or_a_program_and_extras_and_a_stopped_sale_too(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var import = desk.Get<StockImport>();
        var result = await import.Run(new StringReader("Product;Pieces\nKettle;4\n;3\nLamp;many\nKETTLE ;2\n"));
        Assert.Equal((1, 1, 2), (result.Added, result.Updated, result.RefusedCount));
        Assert.Equal([(3, "The product is missing."), (4, "This is no number of pieces: many")], result.Refused);
        await Assert.ThrowsAsync<Refused>(() => import.Run(new StringReader("name\nKettle\n")));

        using var shop = await desk.AsProgram("Shop", Scopes.CustomersWrite, Scopes.CasesRead);
        Assert.Equal(HttpStatusCode.BadRequest, (await shop.Json("/api/v1/stock", """{"products":[{"product":"Kettle","pieces":-1}]}""", "a")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await shop.Json("/api/v1/stock", """{"products":[{"product":"kettle","pieces":7},{"product":"Lamp","pieces":0}]}""", "b")).StatusCode);
        Assert.Equal([("Lamp", 0), ("kettle", 7)], (await shop.Get("/api/v1/stock")).GetProperty("products").EnumerateArray().Select(each => (each.GetProperty("product").GetString()!, each.GetProperty("pieces").GetInt32())));
        Assert.Single((await shop.Get("/api/v1/stock?named=KETT")).GetProperty("products").EnumerateArray());

        var (jo, lea, marta) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead), await desk.AddPerson("Marta", Role.Manager));
        var number = await Ordered(desk, jo, "Amara Okafor", "A-1");
        await desk.Cases.Change(number, @case => @case.CheckSafety(true, jo, desk.Clock.Now));
        using var agent = await desk.ActingFor(jo, "Desk", Scopes.RecoveryWrite);
        using var lead = await desk.ActingFor(lea, "Desk of Lea", Scopes.RecoveryWrite);
        using var manager = await desk.ActingFor(marta, "Warehouse", Scopes.RecoveryWrite);
        var stop = """{"stopped":true,"words":"Off the shop","product":"Kettle"}""";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await agent.Json($"/api/v1/cases/{number}/stop-sale", stop, "c")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await lead.Json($"/api/v1/cases/{number}/stop-sale", stop, "d")).StatusCode);
        Assert.Equal(0, (await (await agent.Json($"/api/v1/cases/{number}/affected", """{"product":"Kettle"}""", "e")).Read()).GetProperty("orders").GetInt32());
        Assert.NotNull((await desk.Cases.Find(number))!.StopSale!.Affected);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await agent.Json("/api/v1/content/extra.spare_part/stock", """{"pieces":3}""", "f")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.Json("/api/v1/content/extra.unknown/stock", """{"pieces":3}""", "g")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await manager.Json("/api/v1/content/extra.spare_part/stock", """{"pieces":3}""", "h")).StatusCode);
        Assert.Equal(3, (await shop.Get("/api/v1/content/extra.spare_part")).GetProperty("left").GetInt32());
    }

    private static async Task<long> Ordered(Desk desk, Actor jo, string customer, string order)
    {
        var number = await LimitTests.Understood(desk, jo, customer);
        await desk.Database.Write(async unit =>
        {
            await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, product) select customer_id, @order, @order, 0, 4000, 'EUR', 'Kettle' from cases where number = @number", new { number, order });
            await unit.Run("update cases set order_id = (select id from orders where number = @order) where number = @number", new { number, order });
        });
        return number;
    }

    private static Task Chosen(Desk desk, long number, Actor jo) => desk.Cases.Change(number, @case =>
    {
        @case.PrepareOffer(new Case.Draft([new Option(0, "The same again", "You said you need one.", [new OptionRemedy(RemedyKind.Replacement, "A new kettle", new Money(3000, "EUR"), desk.Clock.Now.AddDays(2))], true)], null, desk.Clock.Now.AddDays(3), desk.Clock.Now.AddDays(7)), jo, desk.Clock.Now);
        @case.SendOffer(1, jo, Company.Calendar(), desk.Clock.Now);
        @case.Choose(1, 1, Channel.Phone, "Yes.", jo, Company.Calendar(), desk.Clock.Now);
    });

    private static Dictionary<string, string> Options(Desk desk) => new()
    {
        ["Options[0].Title"] = "The same again", ["Options[0].Why"] = "You said you need one.", ["Options[0].What"] = "A new kettle", ["Options[0].Kind"] = "Replacement", ["Options[0].Amount"] = "30", ["Options[0].Due"] = $"{desk.Clock.Now.AddDays(2):yyyy-MM-ddTHH:mm}",
        ["Options[0].AsWanted"] = "on", ["AnswerBy"] = $"{desk.Clock.Now.AddDays(3):yyyy-MM-ddTHH:mm}", ["CheckBackAt"] = $"{desk.Clock.Now.AddDays(7):yyyy-MM-ddTHH:mm}", ["Then"] = "send",
    };
}
