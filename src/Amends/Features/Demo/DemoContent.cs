using Amends.Data;
using Amends.Domain.Contents;
using Amends.Domain.People;

namespace Amends.Features.Demo;

/// <summary>A policy that the company has changed, and a question that somebody proposes.</summary>
public sealed class DemoContent(ContentDesk content)
{
    /// <summary>The policy that has a version of its own.</summary>
    public const string Changed = "policy.returns";

    /// <summary>Adds them.</summary>
    /// <param name="agent">Who proposes.</param>
    /// <param name="manager">Who agrees.</param>
    /// <param name="today">The day at the desk.</param>
    /// <param name="now">Now.</param>
    public async Task Run(Actor agent, Actor manager, DateOnly today, DateTimeOffset now)
    {
        var then = now.AddDays(-40);
        var returns = ContentFiles.Shipped.First(item => item.Key == Changed);
        var sixty = await content.Propose(returns with
        {
            Title = "Returns within 60 days", EffectiveFrom = today.AddDays(-39),
            Text = "You can send anything back within 60 days of getting it, used or not, and you get your money back. Sending it costs you nothing when something was wrong with it.",
            Why = "Nobody knows whether a chair suits them before the second month. Hardly anybody sends back more because of it, and many order sooner.",
        }, "A third of those who were too late had waited for an answer from us.", agent, today.AddDays(-40), then);
        await content.Decide(sixty, true, null, manager, today.AddDays(-39), then.AddHours(30));

        var delivery = ContentFiles.Shipped.First(item => item.Key == "questions.del");
        await content.Propose(delivery with { EffectiveFrom = today.AddDays(3), Questions = [.. delivery.Questions, new BankQuestion("DEL.who_waited", "Who waited for it, and what did they give up for that?")] },
            "When I ask this, people tell me what the day really cost them.", agent, today, now.AddHours(-5));
    }
}
