using System.Net;
using Amends.Domain.Cases;
using Amends.Domain.Handling;
using Amends.Domain.People;

namespace Amends.Tests.Features.Recovery;

/// <summary>What is true of a case beside its stage, by the forms, on both databases.</summary>
public sealed class HandlingTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_they_need_for_whom_it_waits_rest_and_the_second_stage_are_noted_by_forms_that_say_what_is_wrong(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var lea = await desk.AddPerson("Lea", Role.Lead);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        await desk.Cases.Change(number, @case => @case.Speak(9, Channel.Phone, jo, desk.Clock.Now));
        var browser = await desk.SignIn(jo);
        var page = $"/cases/{number}/handling";
        async Task<string> Answer(string form, Dictionary<string, string> fields, HttpClient? who = null)
        {
            var answer = await (who ?? browser).Send(page, $"{page}/{form}", fields);
            return answer.StatusCode == HttpStatusCode.SeeOther ? "done" : $"{(int)answer.StatusCode} {(await answer.Tree()).QuerySelector("#errors li")?.TextContent.Trim()}";
        }

        Assert.Equal("done", await Answer("support", new() { ["Needs"] = "MoreTime", ["SupportWords"] = "I read slowly." }));
        Assert.Equal("done", await Answer("waiting", new() { ["WaitsFor"] = "Carrier", ["What"] = "a search for the parcel" }));
        Assert.Equal("done", await Answer("fix", new() { ["FixDueAt"] = "2031-03-07T12:00" }));
        Assert.StartsWith("422 It is put right in the future", await Answer("fix", new() { ["FixDueAt"] = "2001-03-07T12:00" }));
        Assert.StartsWith("422 Give a date", await Answer("rest", new()));
        Assert.StartsWith("422 The customer hears from us before that", await Answer("rest", new() { ["Until"] = "2031-03-07T12:00" }));
        Assert.StartsWith("422 This is not possible while", await Answer("review", new() { ["ReviewWhy"] = "no", ["Reviewer"] = $"{lea.Id}" }));
        Assert.StartsWith("422 Choose who", await Answer("review", new() { ["ReviewWhy"] = "no" }));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Send(page, $"{page}/hold", new() { ["Hold"] = "yes", ["HoldWhy"] = "asked" })).StatusCode);

        var state = (await desk.Cases.Find(number))!;
        Assert.Equal([SupportNeed.MoreTime], state.SupportNeeds);
        Assert.Equal(("I read slowly.", WaitsFor.Carrier, new DateTimeOffset(2031, 3, 7, 12, 0, 0, TimeSpan.Zero)), (state.SupportWords, state.WaitsFor, state.FixDueAt!.Value));
        var shown = (await browser.Open($"/cases/{number}")).Words("[aria-label='How it is handled']");
        Assert.Contains("They need: More time to answer", shown);
        Assert.Contains("Waits for a carrier: a search for the parcel", shown);

        Assert.Equal("done", await Answer("rest", new() { ["Until"] = Shared(state.NextContact!.DueAt) }));
        Assert.Contains("It rests until", (await browser.Open(page)).Words("#rest"));
        Assert.Equal("done", await Answer("rest/end", new()));
        Assert.Null((await desk.Cases.Find(number))!.SnoozedUntil);

        var lead = await desk.SignIn(lea);
        Assert.StartsWith("422 Say why", await Answer("hold", new() { ["Hold"] = "yes" }, lead));
        Assert.Equal("done", await Answer("hold", new() { ["Hold"] = "yes", ["HoldWhy"] = "A court asks." }, lead));
        Assert.True((await desk.Cases.Find(number))!.LegalHold);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Whoever_has_a_case_hears_when_it_is_back_and_when_nobody_answered_and_the_leads_hear_the_second(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var lea = await desk.AddPerson("Lea", Role.Lead);
        var (rests, waits) = (await desk.Complain("Amara Okafor", "Rests", "It leaks.", jo), await desk.Complain("Amara Okafor", "Waits", "It leaks.", jo));
        var calendar = new Data.Company().Calendar();
        foreach (var number in (long[])[rests, waits])
            await desk.Cases.Change(number, @case =>
            {
                @case.Speak(9, Channel.Phone, jo, desk.Clock.Now);
                @case.KeepPromise("news", desk.Clock.Now.AddDays(3), jo, calendar, desk.Clock.Now);
            });
        await desk.Cases.Change(rests, @case => @case.Snooze(desk.Clock.Now.AddHours(1), null, jo, desk.Clock.Now));
        await desk.Cases.Change(waits, @case => @case.Hear(10, Channel.Phone, Actor.Customer(@case.State.CustomerId, "Amara"), calendar, desk.Clock.Now));
        desk.Clock.Now = desk.Clock.Now.AddHours(5);
        await desk.RunDue();
        await desk.RunDue();

        Assert.Equal(["It rested until now. Take it up again.", "The customer wrote and nobody has answered in time. Answer now."], await Told(desk, jo));
        Assert.Equal(["The customer wrote and nobody has answered in time."], await Told(desk, lea));
    }

    private static string Shared(DateTimeOffset at) => Amends.Features.Shared.LocalTime.Of(at, TimeZoneInfo.Utc);

    private static async Task<IEnumerable<string>> Told(Desk desk, Actor whom) =>
        await desk.Database.Read(async connection => (await Dapper.SqlMapper.QueryAsync<string>(connection, "select text from notices where person_id = @Id order by case_number", new { whom.Id })).ToList());
}
