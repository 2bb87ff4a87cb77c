using System.Net;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Tests.Channels.Email;
using Amends.Web;

namespace Amends.Tests.Features.Learning;

/// <summary>Ten minutes a week to learn from complaints.</summary>
public sealed class LearnTests
{
    private const string Monday = "2026-02-23";

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_week_shows_its_cause_who_else_has_it_what_was_learned_and_the_last_action_and_a_lead_keeps_one_more(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead));
        desk.Clock.Now = new(2026, 2, 25, 10, 0, 0, TimeSpan.Zero);
        var easy = await PutRight(desk, jo, "Cleo Ames", "Kettle drips", ["It is wet."]);
        var hard = await PutRight(desk, jo, "Amara Okafor", "Kettle of Amara leaks", ["It leaks again.", "And again."]);
        var silent = (await desk.AddCustomer("Ines Soto")).Id;
        await desk.Database.Write(async unit =>
        {
            foreach (var (number, order) in new[] { (easy, "N-1"), (hard, "N-2") })
                await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, product, lot) select customer_id, @order, @order, 1, 100, 'EUR', 'Kettle', 'L-7' from cases where number = @number", new { number, order });
            await unit.Run("update cases set order_id = (select id from orders where customer_id = cases.customer_id)");
            await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, product, lot) values (@silent, 'N-3', 'N-3', 1, 100, 'EUR', 'Kettle', 'L-7')", new { silent });
        });
        await desk.Cases.Change(hard, @case => @case.Learn("Ask for the serial number first", jo, desk.Clock.Now));
        await desk.Cases.Change(easy, @case => @case.Learn("A photo saves a day", jo, desk.Clock.Now.AddDays(-20)));
        desk.Clock.Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

        using var agent = await desk.SignIn(jo);
        using var lead = await desk.SignIn(lea);
        var page = await agent.Open("/learn");
        Assert.Contains("2 of 2 complaints", page.Words("section[aria-labelledby=cause]"));
        Assert.Contains("1 of 3 customers with it said nothing", page.Words("section[aria-labelledby=else]"));
        Assert.NotNull(page.QuerySelector("a[href='/who-else?lot=L-7']"));
        Assert.Contains("Ask for the serial number first", page.Words("section[aria-labelledby=learned]"));
        Assert.DoesNotContain("A photo saves a day", page.Words("section[aria-labelledby=learned]"));
        Assert.Null(page.QuerySelector("main form.form[action='/learn']")); // a lead keeps it
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Send("/profile", "/learn", new() { ["Week"] = Monday })).StatusCode);
        var propose = await agent.Open(page.QuerySelector("section[aria-labelledby=learned] a[href^='/settings/playbooks/propose']")!.GetAttribute("href")!);
        Assert.Equal("Ask for the serial number first", propose.QuerySelector("#Reason")!.TextContent); // the form begins with the learning's words
        Assert.True(propose.QuerySelector("input[name=Key]")!.GetAttribute("value") is { Length: > 0 } || propose.QuerySelector("input[name=Categories][checked]") is not null, "It knows which complaints it is about.");
        Assert.Equal("", (await agent.Open("/settings/playbooks/propose")).QuerySelector("#Reason")!.TextContent);
        Assert.Contains("Ask for the serial number first", await agent.GetStringAsync("/learn/learnings/export?weeks=4"), StringComparison.Ordinal);
        var list = await agent.Open("/learn/learnings?weeks=13&q=PHOTO");
        Assert.Equal(1, list.QuerySelectorAll("tbody tr").Length);
        Assert.NotNull(list.QuerySelector($"tbody a[href='/cases/{easy}']"));
        Assert.Equal(1, (await agent.Open("/learn/learnings?weeks=4&q=serial")).QuerySelectorAll("tbody tr").Length);
        Assert.Equal(0, (await agent.Open("/learn/learnings?weeks=1&q=photo")).QuerySelectorAll("tbody tr").Length);

        var typed = new Dictionary<string, string> { ["Week"] = Monday, ["Action"] = "Test each seal", ["Owner"] = jo.Id.ToString(), ["Due"] = "2026-03-20", ["Kind"] = "improvement", ["Decision"] = "Two in a week are too many.", ["People"] = "none" };
        var wrong = await lead.Send("/learn", "/learn", typed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var again = await wrong.Tree();
        Assert.Contains("how many were there", again.Words("main"));
        Assert.Equal("Two in a week are too many.", again.QuerySelector("#Decision")!.TextContent);
        Assert.Equal(("none", "2026-03-20", jo.Id.ToString()), (again.QuerySelector("#People")!.GetAttribute("value"), again.QuerySelector("#Due")!.GetAttribute("value"), again.QuerySelector("#Owner option[selected]")!.GetAttribute("value")));
        Assert.Equal(0, await desk.Value<long>("select count(*) from learn_weeks"));
        Assert.Equal(HttpStatusCode.SeeOther, (await lead.Send("/learn", "/learn", new(typed) { ["People"] = "4" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await lead.Send("/learn", "/learn", new(typed) { ["People"] = "5", ["Action"] = "Test each seal twice", ["Kind"] = "playbook" })).StatusCode);
        Assert.Equal("5Test each seal twice", await desk.Value<string>("select people || action from learn_weeks")); // one row a week
        page = await agent.Open("/learn?week=2026-02-27"); // any day of it
        Assert.Contains("Test each seal", page.Words("section[aria-labelledby=now] details"));
        Assert.Equal("Test each seal twice: Two in a week are too many.", (await agent.Open(page.QuerySelector("section[aria-labelledby=now] a[href^='/settings/playbooks']")!.GetAttribute("href")!)).QuerySelector("#Reason")!.TextContent);
        Assert.Equal(HttpStatusCode.SeeOther, (await lead.Send("/learn", "/learn", typed = new(typed) { ["People"] = "5" })).StatusCode);
        var improvement = (await agent.Open("/learn")).QuerySelector("section[aria-labelledby=now] a[href^='/improvements/new']")!.GetAttribute("href")!;
        Assert.Equal("Test each seal", (await agent.Open(improvement)).QuerySelector("#What")!.GetAttribute("value") ?? (await agent.Open(improvement)).QuerySelector("#What")!.TextContent);

        desk.Clock.Now = new(2026, 3, 11, 10, 0, 0, TimeSpan.Zero);
        using var later = await desk.SignIn(lea);
        Assert.Contains("Test each seal", (await later.Open("/learn")).Words("section[aria-labelledby=last]"));
        Assert.Equal(HttpStatusCode.SeeOther, (await later.Send("/learn", "/learn", new(typed) { ["Week"] = "2026-03-02", ["Came"] = "Twelve were bad." })).StatusCode);
        Assert.Contains("What came of it: Twelve were bad.", (await later.Open("/learn")).Words("section[aria-labelledby=last]"));
        Assert.Equal(2, await desk.Value<long>("select count(*) from learn_weeks"));
        Assert.Equal(3, (await desk.Get<LearnDesk>().Find(DateOnly.Parse(Monday)))!.Saves.Count);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_hardest_case_that_went_well_is_told_without_names_once_a_lead_approved_it(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead));
        desk.Clock.Now = new(2026, 2, 25, 10, 0, 0, TimeSpan.Zero);
        await PutRight(desk, jo, "Cleo Ames", "Kettle drips", ["It is wet."]);
        var hard = await PutRight(desk, jo, "Amara Okafor", "Kettle of Amara leaks", ["It leaks again.", "And again."]);
        var open = await desk.Complain("Ines Soto", "Late", "It is late.", jo);
        desk.Clock.Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);
        using var agent = await desk.SignIn(jo);
        using var lead = await desk.SignIn(lea);
        Assert.Contains("approved none", (await agent.Open("/learn")).Words("section[aria-labelledby=hardest]"));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync("/learn/cases/proposal")).StatusCode);
        var proposal = await lead.Open((await lead.Open("/learn")).QuerySelector("a[href^='/learn/cases/proposal']")!.GetAttribute("href")!);
        Assert.Equal(hard.ToString(), proposal.QuerySelector("input[name=Number]")!.GetAttribute("value")); // three messages are harder than two
        Assert.DoesNotContain("Amara", proposal.QuerySelector("#Title")!.GetAttribute("value")! + proposal.QuerySelector("#Story")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("the customer", proposal.QuerySelector("#Title")!.GetAttribute("value"));
        Assert.Equal(0, await desk.Value<long>("select count(*) from learn_cases")); // to look keeps nothing

        var typed = new Dictionary<string, string> { ["Week"] = Monday, ["Number"] = hard.ToString(), ["Title"] = "Three leaks", ["Story"] = "Amara wrote three times.", ["Takeaway"] = "Test before sending." };
        var wrong = await lead.Send("/learn/cases/proposal", "/learn/cases", typed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var again = await wrong.Tree();
        Assert.Contains("It still says “Amara”", again.Words("main"));
        Assert.Equal("Amara wrote three times.", again.QuerySelector("#Story")!.TextContent);
        Assert.Contains("called put right", (await (await lead.Send("/learn/cases/proposal", "/learn/cases", new(typed) { ["Number"] = open.ToString(), ["Story"] = "x" })).Tree()).Words("main"));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Send("/profile", "/learn/cases", typed)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await lead.Send("/learn/cases/proposal", "/learn/cases", new(typed) { ["Story"] = "The customer wrote three times." })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await lead.Send("/learn/cases/proposal", "/learn/cases", new(typed) { ["Story"] = "The customer had to write three times." })).StatusCode);
        Assert.Equal("2026-02-231", await desk.Value<string>("select min(week) || count(*) from learn_cases"));
        Assert.Contains("The customer had to write three times.", (await agent.Open("/learn")).Words("section[aria-labelledby=hardest]"));
        Assert.Contains("Test before sending.", (await agent.Open("/learn/cases")).Words("main"));
        Assert.Null((await agent.Open("/learn/cases")).QuerySelector($"main a[href='/cases/{hard}']")); // nothing leads to the person

        var back = $"/learn/cases/{hard}/taken-back";
        Assert.Null((await agent.Open("/learn/cases")).QuerySelector($"form[action='{back}']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Send("/profile", back, new() { ["why"] = "No." })).StatusCode);
        var silent = await lead.Send("/learn/cases", back, new() { ["why"] = " " });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        Assert.Contains("Say why you take it back.", (await silent.Tree()).Words("details[open]"));
        Assert.Equal(new string('w', 501), (await (await lead.Send("/learn/cases", back, new() { ["why"] = new string('w', 501) })).Tree()).QuerySelector("details[open] textarea")!.TextContent);
        Assert.Equal(HttpStatusCode.SeeOther, (await lead.Send("/learn/cases", back, new() { ["why"] = "The wedding day gives them away." })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await lead.Send("/learn/cases/proposal", back, new() { ["why"] = "Again." })).StatusCode);
        foreach (var path in new[] { "/learn", "/learn/cases" })
            Assert.DoesNotContain("Three leaks", (await agent.Open(path)).Words("main"));
        Assert.Contains("Lea: The wedding day gives them away.", (await lead.Open("/learn/cases")).Words("section[aria-labelledby=taken-back]"));
        Assert.Contains("The wedding day gives them away.", (await lead.Open("/learn/cases/proposal")).Words("main")); // whoever approves it anew knows
        Assert.Equal(3, (await desk.Value<string>("select log from learn_cases"))!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length); // approved twice, taken back
        Assert.Equal(HttpStatusCode.SeeOther, (await lead.Send("/learn/cases/proposal", "/learn/cases", new(typed) { ["Story"] = "The customer wrote." })).StatusCode);
        Assert.Contains("The customer wrote.", (await agent.Open("/learn/cases")).Words("main"));
        Assert.Null((await lead.Open("/learn/cases")).QuerySelector("#taken-back"));
    }

    /// <summary>A complaint with more letters of its customer that was put right on the telephone, and the customer said so.</summary>
    internal static async Task<long> PutRight(Desk desk, Actor by, string customer, string subject, string[] more)
    {
        var number = await desk.Complain(customer, subject, "My kettle leaks at the seal.", by);
        foreach (var words in more)
            await desk.Write(number, words);
        await desk.Cases.Change(number, @case =>
        {
            var (now, hours) = (desk.Clock.Now, new Company().Calendar());
            @case.Categorise("PRD.on_arrival", false, by, now);
            @case.CheckSafety(false, by, now);
            @case.ResolveNow(new OnTheSpot("A new kettle", "It leaks.", "That it is dry.", "A new kettle", new OptionRemedy(RemedyKind.Replacement, "A new kettle", Money.FromMajor(20, "EUR"), now.AddDays(1)) { Data = new RemedyData { Reason = "It leaked." } }, true, null, "Yes, please.", true, "product", now.AddDays(2)), Channel.Phone, by, hours, now.AddMinutes(1));
            @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Phone, "It is dry.", by, hours, now.AddMinutes(2));
        });
        return number;
    }
}
