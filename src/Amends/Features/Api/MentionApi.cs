using Amends.Data;
using Amends.Domain;
using Amends.Domain.Mentions;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Api;

/// <summary>What is said of the company in public, for programs.</summary>
public sealed class MentionApi(MentionDesk desk, DoOnce once, TimeProvider clock)
{
    private const int Most = 200;

    /// <summary>The newest.</summary>
    public async Task<MentionListAnswer> List(string? show, CancellationToken ct)
    {
        var list = show ?? "all";
        if (MentionDesk.Lists.All(each => each.Code != list))
            throw new BadField("show", $"show is one of {string.Join(", ", MentionDesk.Lists.Select(each => each.Code))}.");
        return new([.. (await desk.List(new(list, null), ct)).Take(MentionDesk.Shown).Select(row => new MentionAnswer(row.Id, row.Site, row.Link, row.Author, row.Body, At(row.SaidAt), row.RatingBefore, row.RatingAfter, row.OrderNumber, row.CaseNumber, row.AnsweredAt is { } answered ? At(answered) : null, row.Answer))]);
    }

    /// <summary>Takes mentions; all of them or none.</summary>
    public async Task<IResult> Tell(HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<TellMentions>(context.Request);
        if (asked.Mentions is not { Count: > 0 and <= Most } told)
            throw new BadField("mentions", $"Send one mention at least, and {Most} at the most.");
        List<Mention> whole = [];
        foreach (var (each, i) in told.Select((each, i) => (each, i)))
        {
            try
            {
                whole.Add(new Mention(Storable.Of(each?.Site ?? ""), Storable.Of(each?.Author ?? ""), Storable.Of(each?.Text ?? ""), each?.SaidAt ?? throw new Refused("said_at", "Say when it was written."))
                {
                    Link = each.Link, Before = each.RatingBefore, After = each.RatingAfter, Order = each.OrderNumber, AnsweredAt = each.AnsweredAt, Answer = each.Answer is { } words ? Storable.Of(words) : null,
                }.MustBeWhole(clock.GetUtcNow()));
            }
            catch (Refused no)
            {
                throw new BadField($"mentions[{i}].{no.Code switch { "date" => "said_at", "rating" => "rating_before", "order" => "order_number", "answered" => "answered_at", var code => code }}", no.Message);
            }
        }

        return await once.Run(context, body, async (unit, _, now) =>
        {
            var added = 0;
            foreach (var each in whole)
                added += (await MentionDesk.Put(unit, each, null, now)).IsNew ? 1 : 0;
            return new Written(StatusCodes.Status201Created, "/api/v1/mentions", new MentionsToldAnswer(added, whole.Count - added));
        });
    }

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}

/// <summary>Maps them.</summary>
internal static class MentionApiEndpoints
{
    /// <summary>Maps what is read and told.</summary>
    public static void MapMentionApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/mentions", async (MentionApi mentions, CancellationToken ct, string? show) => ApiJson.Answer(await mentions.List(show, ct))).Describe<MentionListAnswer>("What is said of the company in public, the newest 200 of a list", Scopes.CasesRead).ProducesProblem(400);
        api.MapPost("/mentions", (HttpContext context, MentionApi mentions, [FromHeader(Name = DoOnce.Header)] string? key) => mentions.Tell(context))
            .Accepts<TellMentions>("application/json").Describe<MentionsToldAnswer>("Tells what was said in public; what is known is brought up to date", Scopes.CasesWrite, 201).ProducesProblem(400);
    }
}

/// <summary>A mention.</summary>
public sealed record MentionAnswer(long Id, string Site, string? Link, string Author, string Text, DateTimeOffset SaidAt, int? RatingBefore, int? RatingAfter, string? OrderNumber, long? CaseNumber, DateTimeOffset? AnsweredAt, string? Answer);

/// <summary>The newest.</summary>
public sealed record MentionListAnswer(IReadOnlyList<MentionAnswer> Mentions);

/// <summary>What was said.</summary>
public sealed record TellMentions(IReadOnlyList<ToldMention?>? Mentions);

/// <summary>One of them; stars from 1 to 5.</summary>
public sealed record ToldMention(string? Site, string? Author, string? Text, DateTimeOffset? SaidAt, string? Link = null, int? RatingBefore = null, int? RatingAfter = null, string? OrderNumber = null, DateTimeOffset? AnsweredAt = null, string? Answer = null);

/// <summary>How many were new, and how many were known.</summary>
public sealed record MentionsToldAnswer(int Added, int Updated);
