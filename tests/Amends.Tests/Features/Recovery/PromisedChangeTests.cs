using System.Net;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.CustomerPages;

namespace Amends.Tests.Features.Recovery;

/// <summary>A customer is promised a change of the company's list, and both know of each other, on both databases.</summary>
public sealed class PromisedChangeTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_change_that_is_promised_stands_for_one_of_the_list_or_begins_one_and_is_noted_once(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        var (at, marta) = ($"/cases/{complaint.Number}", await desk.AddPerson("Marta", Role.Manager));
        await desk.Database.Write(unit => unit.Run("insert into improvements (since, what, noted_by, noted_at) values (@at, 'Two people pack what breaks', @Id, @at)", new { at = desk.Clock.Now.AddDays(-3).ToUnixTimeMilliseconds(), marta.Id }));
        using var hanna = await desk.SignIn(complaint.Jo);
        var asked = await (await hanna.Send($"{at}/offer/new", $"{at}/offers", Offer(desk, "more", null))).Tree();
        Assert.Equal(["A new one", "Two people pack what breaks"], asked.QuerySelectorAll("#Options_1_ImprovementId option").Select(option => option.TextContent));
        var wrong = await hanna.Send($"{at}/offer/new", $"{at}/offers", Offer(desk, "send", "4711"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (wrong.StatusCode, (await wrong.Tree()).Words("#Options_1_Improvement-error").Contains("no such change in the list", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.SeeOther, (await hanna.Send($"{at}/offer/new", $"{at}/offers", Offer(desk, "send", "1"))).StatusCode);
        await desk.Cases.Change(complaint.Number, @case => @case.Choose(1, 1, Channel.Phone, "Yes.", complaint.Jo, Complaint.Calendar, desk.Clock.Now));

        Assert.Contains("Among what we changed: Two people pack what breaks", (await hanna.Open($"{at}/delivery")).Words("#remedy-1"));
        using var manager = await desk.SignIn(marta);
        Assert.NotNull((await manager.Open("/reports/outcomes")).QuerySelector($"[aria-labelledby=changed] a[href='{at}']"));
        Assert.Equal(HttpStatusCode.SeeOther, (await hanna.Send($"{at}/delivery", $"{at}/remedies/1/done", new() { ["note"] = "" })).StatusCode);
        Assert.Equal(1, await desk.Value<long>("select count(*) from improvements"));
    }

    private static Dictionary<string, string> Offer(Desk desk, string then, string? change)
    {
        string Local(int hours) => desk.Clock.Now.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm");
        var fields = new Dictionary<string, string>
        {
            ["AnswerBy"] = Local(72), ["CheckBackAt"] = Local(168), ["Then"] = then, ["Options[0].Title"] = "We pack better", ["Options[0].Why"] = "So that it does not happen again", ["Options[0].Kind"] = "Change",
            ["Options[0].What"] = "Two people pack what breaks", ["Options[0].Due"] = Local(48), ["Options[0].AsWanted"] = "on",
        };
        if (change is not null)
            fields["Options[0].More.ImprovementId"] = change;
        return fields;
    }
}
