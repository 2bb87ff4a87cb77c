using System.Net;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Features.CustomerFiles;

namespace Amends.Tests.Features.CustomerFiles;

/// <summary>Customers and their orders over HTTP, on both databases.</summary>
public sealed class CustomerTests
{
    private const string Orders =
        """
        Order number;Email;Date;Total;Name;Product;Status
        A-1;amara@customer.example;2024-02-03;649.90;Amara Okafor;"Washing machine; white";delivered
        A-2;amara@customer.example;2025-02-03;20;Amara Okafor;Hose;delivered
        A-3;not an address;2025-02-03;20;;;
        A-4;jonas@customer.example;3.2.2025;20;;;
        A-5;jonas@customer.example;2025-02-03;twenty;;;
        ;jonas@customer.example;2025-02-03;20;;;
        """;

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Orders_come_in_as_csv_and_what_cannot_be_used_is_named_with_its_line(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var browser = await desk.SignIn(await desk.AddPerson("Mara", Role.Manager));
        using var form = new MultipartFormDataContent
        {
            { new StringContent(await browser.FormToken("/settings/orders")), "__RequestVerificationToken" },
            { new StringContent(Orders), "file", "orders.csv" },
        };
        var page = await (await browser.PostAsync("/settings/orders", form)).Tree();
        Assert.Contains("2 new, 0 brought up to date, 4 refused.", page.Words(".banner"));
        Assert.Equal(["4", "5", "6", "7"], page.QuerySelectorAll("tbody td:first-child").Select(cell => cell.TextContent));
        Assert.Contains("Dates are written 2026-03-04: 3.2.2025", page.Words("tbody"));

        var again = await desk.Get<OrderImport>().Run(new StringReader(Orders.Replace("delivered", "sent back")), "EUR", TimeZoneInfo.Utc);
        Assert.Equal((0, 2, 4), (again.Added, again.Updated, again.RefusedCount));
        var customers = await browser.Open("/customers?q=oka");
        Assert.Equal("Amara Okafor", customers.Words("tbody a"));
        var customer = await browser.Open(customers.QuerySelector("tbody a")!.GetAttribute("href")!);
        Assert.Equal("€\u00A0669.90", customer.QuerySelector(".kpi .v")!.TextContent);
        Assert.Contains("Washing machine; white", customer.Words("main"));
        Assert.Contains("sent back", customer.Words("main"));
        Assert.Equal("Amara Okafor", (await browser.Open("/search?q=A-1")).Words(".results a"));
        using var named = new MultipartFormDataContent
        {
            { new StringContent(await browser.FormToken("/settings/orders")), "__RequestVerificationToken" },
            { new StringContent("Kaufnr,Kunde,Datum,Summe\nB-1,bo@customer.example,2026-03-01,5"), "file", "orders.csv" }, { new StringContent("number = Kaufnr\nemail=Kunde\nplaced_at = Datum\ntotal = Summe"), "columns" },
        };
        Assert.Contains("1 new, 0 brought up to date, 0 refused.", (await (await browser.PostAsync("/settings/orders", named)).Tree()).Words(".banner"));
        Assert.Contains("number = Kaufnr", (await browser.Open("/settings/orders")).QuerySelector("#columns")!.TextContent); // remembered
        Assert.Contains("none: price = Summe", Assert.Throws<Refused>(() => OrderImport.MapOf("price = Summe")).Message);
        await Assert.ThrowsAsync<Refused>(() => desk.Get<OrderImport>().Run(new StringReader("number,total\nA-1,2"), "EUR", TimeZoneInfo.Utc));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_customer_has_a_page_with_every_case_and_can_be_corrected(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.");
        await desk.AddCustomer("Jonas Berg");
        var page = await browser.Open($"/cases/{number}");
        var url = page.QuerySelector(".cust h2 a")!.GetAttribute("href")!;

        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(url, url, new() { ["name"] = "Amara N. Okafor", ["phone"] = "0113 496 0142" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(url, url + "/addresses", new() { ["address"] = "amara@work.example" })).StatusCode);
        page = await browser.Open(url);
        Assert.Equal("Amara N. Okafor", page.Words("h1"));
        Assert.Contains("amara@work.example", page.Words("main"));
        Assert.Contains($"#{number} The kettle leaks", page.Words("tbody"));
        var taken = await browser.Send(url, url + "/addresses", new() { ["address"] = "jonas.berg@customer.example" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
        Assert.Contains("belongs to another customer", (await taken.Tree()).Words("#errors"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send(url, url, new() { ["name"] = " " })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/customers/999999")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/settings/orders")).StatusCode);
    }
}
