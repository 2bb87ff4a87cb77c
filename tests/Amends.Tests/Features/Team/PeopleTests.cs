using System.Net;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Features.Team.People;
using Amends.Web;

namespace Amends.Tests.Features.Team;

/// <summary>Who works here: invitations, roles, leaving, sessions.</summary>
public sealed class PeopleTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_new_role_or_leaving_ends_every_session_at_once(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var owner = await desk.AddPerson("Ona", Role.Owner);
        using var agent = await desk.SignIn(jo);
        using var boss = await desk.SignIn(owner);
        Assert.Equal(HttpStatusCode.OK, (await agent.GetAsync("/profile")).StatusCode);

        Assert.Equal(HttpStatusCode.SeeOther, (await boss.Send("/settings/people", $"/settings/people/{jo.Id}/role", new() { ["role"] = "Lead" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await agent.GetAsync("/profile")).StatusCode);

        using var again = await desk.SignIn(jo);
        await boss.Send("/settings/people", $"/settings/people/{jo.Id}/leave");
        Assert.Equal(HttpStatusCode.SeeOther, (await again.GetAsync("/profile")).StatusCode);
        using var gone = desk.Browser(follow: false);
        Task<HttpResponseMessage> SignIn() => gone.Send("/sign-in", "/sign-in", new() { ["email"] = "jo@desk.example", ["password"] = Browserless.Password });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignIn()).StatusCode);
        await boss.Send("/settings/people", $"/settings/people/{jo.Id}/return");
        Assert.Equal(HttpStatusCode.SeeOther, (await SignIn()).StatusCode);
        Assert.Contains("Lead", await gone.GetStringAsync("/profile"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task An_invitation_works_once_and_the_password_that_it_sets_signs_in(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var staff = desk.Get<Staff>();
        var token = await staff.Invite("Kim", "kim@desk.example", Role.Agent, 0);
        using var browser = desk.Browser(follow: false);

        var weak = await browser.Send($"/welcome/{token}", "/welcome", new() { ["token"] = token, ["password"] = "kim" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, weak.StatusCode);
        var answer = await browser.Send($"/welcome/{token}", "/welcome", new() { ["token"] = token, ["password"] = Browserless.Password });

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/profile")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/welcome/{token}")).StatusCode);
        Assert.Null(await staff.WhomFor(token));
        var kim = (await staff.Find("KIM@desk.example"))!;
        using var elsewhere = await desk.SignIn(Actor.Person(kim.Id, "Kim", Role.Agent));
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/profile")).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_link_ends_with_its_time_and_with_the_next_link(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var staff = desk.Get<Staff>();
        var first = await staff.Invite("Kim", "kim@desk.example", Role.Agent, 0);
        var second = await staff.NewLink((await staff.Find("kim@desk.example"))!.Id, 0);

        Assert.Null(await staff.WhomFor(first));
        Assert.NotNull(await staff.WhomFor(second));
        desk.Clock.Now += TimeSpan.FromDays(8);
        Assert.Null(await staff.WhomFor(second));
        await Assert.ThrowsAsync<Refused>(() => staff.Invite("Kim", " KIM@desk.example", Role.Agent, 0));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Sessions_end_when_they_rest_too_long_live_too_long_or_are_ended_in_the_profile(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        using var here = await desk.SignIn(jo);
        using var there = await desk.SignIn(jo);
        var sessions = await desk.Get<Sessions>().ListOf(jo.Id, default);
        Assert.Equal(2, sessions.Count);

        Assert.Equal(HttpStatusCode.SeeOther, (await here.Send("/profile", "/profile/sessions/end-others")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await there.GetAsync("/profile")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/profile")).StatusCode);

        for (var hours = 0; hours < 30 * 24 - 11; hours += 11) // somebody who works every few hours stays
        {
            Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/profile")).StatusCode);
            desk.Clock.Now += TimeSpan.FromHours(11);
        }

        desk.Clock.Now += TimeSpan.FromHours(11); // but nobody longer than thirty days
        Assert.Equal(HttpStatusCode.SeeOther, (await here.GetAsync("/profile")).StatusCode);

        using var idle = await desk.SignIn(jo);
        desk.Clock.Now += TimeSpan.FromHours(13);
        Assert.Equal(HttpStatusCode.SeeOther, (await idle.GetAsync("/profile")).StatusCode);
    }
}
