using Amends.Domain.Wording;

namespace Amends.Domain.Listening.Signs;

/// <summary>Innocent look-alikes in a text, asked whether they excuse a hit.</summary>
internal sealed class Spans
{
    private readonly Match[] byStart;
    private readonly int[] furthest; // the furthest end of all up to here

    public Spans(IEnumerable<Match> matches)
    {
        byStart = [.. matches.OrderBy(match => match.First)];
        furthest = new int[byStart.Length];
        var last = -1;
        for (var at = 0; at < byStart.Length; at++)
            furthest[at] = last = Math.Max(last, byStart[at].Last);
    }

    /// <summary>One of them shares a word with the hit and does not lie inside it: what says more than the look-alike stands.</summary>
    public bool Excuse(Match hit)
    {
        var low = 0;
        for (var high = byStart.Length; low < high;)
        {
            var middle = (low + high) / 2;
            if (byStart[middle].First <= hit.First)
                low = middle + 1;
            else
                high = middle;
        }

        // Those that begin at the hit's first word or before it.
        for (var at = low - 1; at >= 0 && furthest[at] >= hit.First; at--)
        {
            if (byStart[at].Last >= hit.First && (byStart[at].First < hit.First || byStart[at].Last >= hit.Last))
                return true;
        }

        // Those that begin within it and reach its end.
        for (var at = low; at < byStart.Length && byStart[at].First <= hit.Last; at++)
        {
            if (byStart[at].Last >= hit.Last)
                return true;
        }

        return false;
    }
}
