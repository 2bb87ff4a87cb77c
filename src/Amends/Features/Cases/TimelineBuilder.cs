using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Listening;
using Amends.Domain.People;

namespace Amends.Features.Cases;

/// <summary>Puts what was said and what happened into one line, oldest first.</summary>
public static class TimelineBuilder
{
    /// <summary>Builds a part of the timeline from rows that come newest first.</summary>
    public static TimelineModel Build(long number, Actor me, EventWords words, List<MessageRow> messages, ILookup<long, FileRow> files,
        ILookup<long, DeliveryRow> deliveries, List<NoteRow> notes, List<EventRow> events, List<HeldRow> held, bool moreEvents, JoinedMessages joined)
    {
        var older = messages.Count > CaseQuery.PageSize;
        if (older)
            messages.RemoveAt(messages.Count - 1);
        var from = older ? messages[^1].At : moreEvents ? Math.Min(events[^1].At, messages.Count > 0 ? messages[^1].At : long.MaxValue) : long.MinValue;

        var first = older ? null : messages.LastOrDefault(message => message.CaseNumber == number);
        var items = new List<TimelineItem>(messages.Count + events.Count);
        var steps = events.Where(row => row.Kind is "summary_sent" or "offer_sent" or "decision_sent").Select(row => row.At).ToHashSet();
        var edits = notes.Where(note => note.Kind == (int)NoteKind.Edit).ToLookup(note => note.NoteId);
        var shown = messages.ToDictionary(message => message.Id);
        foreach (var message in messages)
        {
            var note = notes.FirstOrDefault(each => each.MessageId == message.Id);
            if (note is { Kind: (int)NoteKind.Edit } && shown.ContainsKey(note.NoteId))
                continue; // it stands where the note stands
            if (message.Direction == (int)Direction.Note)
            {
                var wording = edits[message.Id].LastOrDefault() is { } newest && shown.TryGetValue(newest.MessageId, out var now) ? now : message;
                items.Add(new TimelineItem.Message(Moment(message.At), message.WithWords(wording), [.. files[message.Id]], [], false)
                {
                    Note = new(note?.NoteId ?? message.Id, note?.SaidBy, note?.SaidAt is { } said ? Moment(said) : null, edits[message.Id].Any(), note?.Kind == (int)NoteKind.Correction,
                        notes.Any(each => each.Kind == (int)NoteKind.Correction && each.NoteId == message.Id)),
                });
                continue;
            }


            var isForm = message.Direction == (int)Direction.Out && (message.Automatic == 1 || steps.Contains(message.At));
            items.Add(new TimelineItem.Message(Moment(message.At), message, [.. files[message.Id]], [.. deliveries[message.Id]], isForm) { Tone = message.Direction == (int)Direction.In ? ToneOf(words.State, message == first ? 0 : message.Id) : null });
        }

        items.AddRange(joined.Messages.Where(message => message.At >= from).Select(message => new TimelineItem.Message(Moment(message.At), message, [.. joined.Files[message.Id]], [], message is { Direction: (int)Direction.Out, Automatic: 1 })));
        foreach (var row in events.Where(row => row.At >= from))
        {
            var news = CaseJson.Event(row.Kind, row.Body);
            if (news is SummaryWritten written && words.State.Summaries.FirstOrDefault(summary => summary.Version == written.Version) is { } summary)
                items.Add(new TimelineItem.Understanding(news.At, summary));
            else if (words.Of(news) is { } line)
                items.Add(new TimelineItem.Events(news.At, [(news.At, line)]));
        }

        items.AddRange(held.Select(row => new TimelineItem.Held(Moment(row.PressedAt), row)));
        items.Reverse(); // rows came newest first; the sort keeps the order of what happened at one moment
        return new TimelineModel(number, Collapse([.. items.OrderBy(item => item.At).ThenBy(Rank)]), older ? messages[^1].Id : null, words.Now, words.Zone, me);
    }

    /// <summary>What a message was heard as; the first one, which had no number yet when it was heard, goes by 0.</summary>
    private static HeardTone? ToneOf(CaseState state, long message) => state.Tones.FirstOrDefault(heard => heard.MessageId == message);

    private static int Rank(TimelineItem item) => item switch { TimelineItem.Message => 0, TimelineItem.Held => 3, TimelineItem.Understanding => 1, _ => 2 };

    private static IReadOnlyList<TimelineItem> Collapse(IReadOnlyList<TimelineItem> items)
    {
        var together = new List<TimelineItem>(items.Count);
        foreach (var item in items)
        {
            if (item is TimelineItem.Events next && together.Count > 0 && together[^1] is TimelineItem.Events before && before.At.UtcDateTime.Date == next.At.UtcDateTime.Date)
                together[^1] = before with { Lines = [.. before.Lines, .. next.Lines] };
            else
                together.Add(item);
        }

        return together;
    }

    private static DateTimeOffset Moment(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at);
}
