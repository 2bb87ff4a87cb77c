using Amends.Domain.Cases;
using Amends.Domain.Listening;

namespace Amends.Data;

/// <summary>A row for each message that was heard, beside the state of its case: for the page on how well it hears, and for samples.</summary>
public static class HeardTones
{
    /// <summary>Keeps what was heard with these events.</summary>
    internal static async Task Write(Unit unit, long number, IReadOnlyList<CaseEvent> news)
    {
        foreach (var each in news)
        {
            if (Of(each) is not (var message, { } tone))
                continue;
            await unit.Put("insert into tones (case_number, message_id, at, heard, score, language, is_fallback) values (@number, @message, @at, @heard, @Score, @language, @fallback) on conflict do nothing",
                new { number, message, at = each.At.ToUnixTimeMilliseconds(), heard = (int)tone.Level, tone.Score, language = tone.Language ?? "", fallback = tone.IsFallback ? 1 : 0 });
        }
    }

    private static (long Message, Tone? Tone) Of(CaseEvent news) => news switch
    {
        CaseOpened e => (0, e.Tone),
        CustomerSpoke e => (e.MessageId, e.Tone),
        _ => (0, null),
    };
}
