using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Dapper;

namespace Amends.Tests.Features.CustomerPages;

public sealed class CustomerLinksTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_link_opens_its_case_until_it_expires_or_is_revoked(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var customer = await desk.AddCustomer("Amara Okafor");
        var number = await desk.Cases.Open(Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "Broken kettle", "It leaks.", customer.Id, customer.Name),
            Actor.Customer(customer.Id, customer.Name), Calendar.NineToFive(TimeZoneInfo.Utc), desk.Clock.Now));

        var token = await desk.Database.Write(unit => CustomerLinks.Issue(unit, number, desk.Clock.Now));
        Assert.Matches("^[A-Za-z0-9_-]{43}$", token);
        Assert.True(await CustomerLinks.Works(desk.Database, token, desk.Clock.Now));
        Assert.False(await CustomerLinks.Works(desk.Database, token[..^1] + "!", desk.Clock.Now));

        var session = await desk.Database.Write(unit => CustomerLinks.Redeem(unit, token, desk.Clock.Now));
        var found = await CustomerLinks.Find(desk.Database, session!, desk.Clock.Now);
        Assert.Equal((number, customer.Id, "Amara Okafor", null), (found!.CaseNumber, found.CustomerId, found.CustomerName, found.ShownTo));
        Assert.Null(await CustomerLinks.Find(desk.Database, token, desk.Clock.Now));
        Assert.Null(await CustomerLinks.Find(desk.Database, session!, desk.Clock.Now.AddHours(25)));

        Assert.False(await CustomerLinks.Works(desk.Database, token, desk.Clock.Now.AddDays(61)));
        Assert.Null(await desk.Database.Write(unit => CustomerLinks.Redeem(unit, token, desk.Clock.Now.AddDays(61))));

        await desk.Database.Write(unit => CustomerLinks.Revoke(unit, number, desk.Clock.Now));
        Assert.Null(await CustomerLinks.Find(desk.Database, session!, desk.Clock.Now));
        Assert.Null(await desk.Database.Write(unit => CustomerLinks.Redeem(unit, token, desk.Clock.Now)));
    }

    [Fact]
    public async Task The_database_holds_neither_token_nor_session_id()
    {
        await using var desk = await Desk.Start();
        var customer = await desk.AddCustomer("Amara Okafor");
        var number = await desk.Cases.Open(Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "Broken kettle", "It leaks.", customer.Id, customer.Name),
            Actor.Customer(customer.Id, customer.Name), Calendar.NineToFive(TimeZoneInfo.Utc), desk.Clock.Now));
        var token = await desk.Database.Write(unit => CustomerLinks.Issue(unit, number, desk.Clock.Now));
        var session = await desk.Database.Write(unit => CustomerLinks.Redeem(unit, token, desk.Clock.Now));

        var kept = await desk.Database.Read(async connection => (await connection.QueryAsync<byte[]>(
            "select token_hash from customer_links union select token_hash from customer_sessions union select id_hash from customer_sessions")).ToList());
        Assert.Equal(2, kept.Count);
        Assert.All(kept, hash => Assert.Equal(32, hash.Length));
        Assert.DoesNotContain(kept, hash => hash.AsSpan().SequenceEqual(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(token)));
        Assert.DoesNotContain(kept, hash => hash.AsSpan().SequenceEqual(Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(session!)));
    }
}
