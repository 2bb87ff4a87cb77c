using System.Net;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Letters;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Web;
using AngleSharp.Dom;

namespace Amends.Tests.Features.Team;

/// <summary>Teams: whom a new complaint goes to, whose lists it is in, and who may change them.</summary>
public sealed class TeamTests
{
    private const string Late = "My parcel is two weeks late. It was to be delivered on Monday, and the delivery is still missing: where is my parcel?", Refund = "You have my return since May and the refund for the return is still missing. When do I get my refund?", Nothing = "Hello there.";

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_new_complaint_goes_to_the_least_loaded_of_its_team_and_to_anybody_when_nobody_of_it_is_there(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, sam, kim, max) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Sam", Role.Agent), await desk.AddPerson("Kim", Role.Lead), await desk.AddPerson("Max", Role.Manager));
        var (teams, categories) = (desk.Get<TeamDesk>(), new Company().Content.Categories);
        using var manager = await desk.SignIn(max);
        var before = await Open(desk, Late);
        Assert.Equal(("Jo", null), (before.State.OwnerName, before.State.Team)); // as ever without a team
        Assert.Null((await manager.Open("/inbox/team")).QuerySelector("nav[aria-label=Teams]"));

        var delivery = await desk.Database.Write(unit => teams.Add(unit, new() { Name = "Delivery", People = [sam.Id], Categories = ["DEL"] }, categories, max, desk.Clock.Now));
        var returns = await desk.Database.Write(unit => teams.Add(unit, new() { Name = "Returns", People = [jo.Id], Categories = ["RET"] }, categories, max, desk.Clock.Now));
        var (first, second) = (await Open(desk, Late), await Open(desk, Late));
        Assert.Equal((sam.Id, sam.Id, "Delivery"), (first.State.OwnerId, second.State.OwnerId, first.State.Team!.Name)); // although Jo has fewer
        Assert.Equal((jo.Id, null), (await Open(desk, Nothing)) is var (_, other) ? (other.OwnerId, other.Team) : default); // the words say nothing: as ever
        Assert.Null((await Open(desk, Late, CaseKind.Question)).State.Team);
        await desk.Database.Write(unit => teams.Change(unit, delivery, new() { People = [sam.Id, kim.Id] }, categories, max, desk.Clock.Now));
        await desk.Database.Write(unit => unit.Run("update people set role = 1 where id = @Id", new { kim.Id }));
        Assert.Equal(kim.Id, (await Open(desk, Late)).State.OwnerId); // has fewer than Sam

        await desk.Database.Write(unit => unit.Run("update people set available = 0 where team_id = @delivery", new { delivery }));
        var anybody = await Open(desk, Late);
        Assert.Equal((jo.Id, delivery), (anybody.State.OwnerId, anybody.State.Team!.Id));
        await desk.Database.Write(unit => unit.Run("update people set available = 0"));
        var (unassigned, loose) = (await Open(desk, Late), await Open(desk, Nothing));
        Assert.Null(unassigned.State.OwnerId);
        Assert.Equal(delivery, await desk.Value<long?>("select team_id from cases where number = @Number", new { unassigned.Number }));
        Assert.Contains("Our team “Delivery” has it.", Acknowledgement.For(new Company(), unassigned.Number, unassigned.State).Text);
        Assert.Contains("Our team has it.", Acknowledgement.For(new Company(), loose.Number, loose.State).Text);

        Assert.Equal([unassigned.Number], await Listed(manager, $"/inbox/unassigned?team={delivery}"));
        Assert.Equal([first.Number, second.Number], (await Listed(manager, $"/inbox/team?team={delivery}")).Intersect([before.Number, first.Number, second.Number, anybody.Number]));
        Assert.Equal([before.Number, anybody.Number], (await Listed(manager, $"/inbox/team?team={returns}")).Intersect([before.Number, first.Number, anybody.Number, unassigned.Number]));
        Assert.Contains(first.Number, await Listed(manager, "/inbox/team?team=4711")); // no such team: all
        Assert.Equal("Returns", (await manager.Open($"/inbox/team?team={returns}")).Words("nav[aria-label=Teams] [aria-current=page]"));
        var board = (await manager.Open($"/promises?who=team-{delivery}")).Words("section[aria-labelledby=waiting]");
        Assert.Contains(": Delivery", board);
        await desk.Cases.Change(unassigned.Number, @case => @case.Categorise("RET.label", true, jo, desk.Clock.Now)); // what it is about counts, not what it looked like
        Assert.Empty(await Listed(manager, $"/inbox/unassigned?team={delivery}"));
        Assert.Equal([unassigned.Number], await Listed(manager, $"/inbox/unassigned?team={returns}"));

        await desk.Database.Write(unit => unit.Run("update people set available = 1"));
        await desk.Database.Write(unit => teams.Change(unit, delivery, new() { IsRetired = true }, categories, max, desk.Clock.Now));
        Assert.Null((await Open(desk, Late)).State.Team);
        Assert.Equal(0, await desk.Value<long>("select count(*) from people where team_id = @delivery", new { delivery }));
        var back = await Open(desk, Refund);
        Assert.Equal((jo.Id, returns), (back.State.OwnerId, back.State.Team!.Id));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Managers_add_change_and_retire_teams_and_each_change_is_kept(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, sam, lea, max) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Sam", Role.Agent), await desk.AddPerson("Lea", Role.Lead), await desk.AddPerson("Max", Role.Manager));
        using var lead = await desk.SignIn(lea);
        using var manager = await desk.SignIn(max);
        Assert.Equal(HttpStatusCode.Forbidden, (await lead.GetAsync("/settings/teams")).StatusCode);
        Assert.Contains("none is needed", (await manager.Open("/settings/teams")).Words("section[aria-labelledby=teams]"));
        Assert.Contains("/settings/teams", (await manager.Open("/settings/limits")).QuerySelectorAll("nav[aria-label=Settings] a").Select(link => link.GetAttribute("href")));

        var added = await manager.Send("/settings/teams", "/settings/teams", new() { ["name"] = " Orders  and delivery " });
        Assert.Equal(HttpStatusCode.SeeOther, added.StatusCode);
        var page = added.Headers.Location!.ToString();
        var again = await manager.Send("/settings/teams", "/settings/teams", new() { ["name"] = "ORDERS and delivery" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        var tree = await again.Tree();
        Assert.Contains("already", tree.Words("#name-error"));
        Assert.Equal("ORDERS and delivery", tree.QuerySelector("#name")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.SeeOther, await Save(manager, page, ("name", "Orders and delivery"), ("people", $"{jo.Id}"), ("people", $"{sam.Id}"), ("categories", "DEL"), ("categories", "ORD.wrong_item")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Save(manager, page, ("name", "Orders"), ("people", "4711")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Save(manager, page, ("name", "Orders"), ("categories", "NIX")));
        Assert.Equal(["DEL", "ORD.wrong_item"], (await manager.Open(page)).QuerySelectorAll("[name=categories][checked]").Select(box => box.GetAttribute("value")));
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync("/settings/teams/4711")).StatusCode);

        using var program = await desk.ActingFor(max, "Head", Scopes.CasesRead, Scopes.RecoveryWrite);
        using var agents = await desk.ActingFor(jo, "Shop", Scopes.CasesRead, Scopes.RecoveryWrite);
        Assert.Equal("not_a_manager", (await (await agents.Json("/api/v1/teams", """{"name":"Mine"}""", "a")).Read()).GetProperty("code").GetString());
        var made = await program.Json("/api/v1/teams", $$"""{"name":"Repairs","people":[{{sam.Id}}],"categories":["PRD","DEL"]}""", "b");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var id = (await made.Read()).GetProperty("id").GetInt64();
        Assert.Equal(HttpStatusCode.BadRequest, (await program.Json($"/api/v1/teams/{id}", "{}", "c")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await program.Json("/api/v1/teams/4711", """{"name":"X"}""", "d")).StatusCode);
        Assert.Equal("name", (await (await program.Json($"/api/v1/teams/{id}", """{"name":"orders AND delivery"}""", "e")).Read()).GetProperty("code").GetString());
        var listed = (await program.Get("/api/v1/teams")).GetProperty("teams").EnumerateArray().ToDictionary(team => team.GetProperty("name").GetString()!);
        Assert.Equal([jo.Id], listed["Orders and delivery"].GetProperty("people").EnumerateArray().Select(person => person.GetInt64())); // Sam and deliveries went over
        Assert.Equal(["ORD.wrong_item"], listed["Orders and delivery"].GetProperty("categories").EnumerateArray().Select(category => category.GetString()));
        Assert.Equal(["DEL", "PRD"], listed["Repairs"].GetProperty("categories").EnumerateArray().Select(category => category.GetString()));

        Assert.Equal(HttpStatusCode.SeeOther, (await manager.Send(page, page + "/retire")).StatusCode);
        Assert.True((await program.Get("/api/v1/teams")).GetProperty("teams").EnumerateArray().Single(team => team.GetProperty("name").GetString() == "Orders and delivery").GetProperty("is_retired").GetBoolean());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await manager.Send("/settings/teams", "/settings/teams", new() { ["name"] = "orders and delivery" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await manager.Send("/settings/teams", page + "/return")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await program.Json($"/api/v1/teams/{id}", """{"name":"Mending","is_retired":true}""", "f")).StatusCode);
        var kept = (await manager.Open("/settings/teams")).QuerySelectorAll("section[aria-labelledby=changes] tbody tr").Select(row => string.Join(' ', row.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Equal(7, kept.Count);
        Assert.Contains("retired; was called “Repairs”; left by Sam; answers no more for Delivery, Product", kept[0]);
        Assert.Contains("used again", kept[1]);
        Assert.Contains("added; joined by Sam; answers for Delivery, Product", kept[3]);
        Assert.Contains("left by Sam; answers no more for Delivery", kept[4]);
        Assert.Contains("Max", kept[6]);
        Assert.Equal("not_a_manager", (await Assert.ThrowsAsync<Refused>(() => desk.Database.Write(unit => desk.Get<TeamDesk>().Add(unit, new() { Name = "Leads" }, new Company().Content.Categories, lea, desk.Clock.Now)))).Code);
    }

    private static async Task<HttpStatusCode> Save(HttpClient browser, string page, params (string Name, string Value)[] fields)
    {
        var token = await browser.FormToken(page);
        return (await browser.PostAsync(page, new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Value))]))).StatusCode;
    }

    private static async Task<(long Number, CaseState State)> Open(Desk desk, string words, CaseKind kind = CaseKind.Complaint)
    {
        var customer = await desk.AddCustomer("Amara Okafor");
        var number = await desk.Database.Write(unit => Intake.Open(unit, desk.Cases, new Company { AssignAtOnce = true }, new NewCase(Channel.Mail, kind, "About my order", words, customer.Id, Actor.Customer(customer.Id, customer.Name), desk.Clock.Now)));
        return (number, (await desk.Cases.Find(number))!);
    }

    private static async Task<List<long>> Listed(HttpClient browser, string url) => [.. (await browser.Open(url)).QuerySelectorAll("a.row").Select(row => long.Parse(new Uri(new Uri("http://desk"), row.GetAttribute("href")!).AbsolutePath.Split('/')[2], System.Globalization.CultureInfo.InvariantCulture)).Order()];
}
