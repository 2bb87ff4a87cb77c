using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Listening;

namespace Amends.Features.Api.Writes;

/// <summary>Notes with their history: somebody's exact words, put right within their first minutes, corrected after.</summary>
public sealed class NoteWrites(CaseWrite write)
{
    /// <summary>Writes a note, as somebody's exact words where they are.</summary>
    public Task<IResult> Add(long number, HttpContext context)
    {
        long note = 0;
        return write.Send<WriteNote>(number, context, asked =>
        {
            var said = asked.Value;
            var (text, by, at) = (Checked.Needed("text", said.Text, NoteStore.Longest), Checked.Text("said_by", said.SaidBy, 200), asked.Moment("said_at", said.SaidAt));
            if (by is null != at is null)
                throw new BadField(by is null ? "said_by" : "said_at", "Exact words have both: who said them, and when.");
            return async work => note = await NoteStore.Add(work.Unit, work.Case, number, text, by is null ? null : new Quote(by, at!.Value), work.By, work.Now);
        }, state => new NoteStep(number, state.Stage, note));
    }

    /// <summary>Puts a note right, or adds a correction to it. What stood there before stays readable.</summary>
    public Task<IResult> Change(long number, long note, HttpContext context) => write.Send<ChangeNote>(number, context, asked =>
    {
        var text = Checked.Needed("text", asked.Value.Text, NoteStore.Longest);
        return async work =>
        {
            if (!await NoteStore.Change(work.Unit, work.Case, number, note, text, asked.Value.Edit, work.By, work.Now))
                throw new Refused("note", "There is no such note.");
        };
    }, state => new NoteStep(number, state.Stage, note));
}

/// <summary>A note.</summary>
public sealed record WriteNote
{
    public string? Text { get; init; }

    /// <summary>The text is this person's exact words, said at that time.</summary>
    public string? SaidBy { get; init; }
    public DateTimeOffset? SaidAt { get; init; }
}

/// <summary>The note as it should have been (<c>edit</c>, within its first 15 minutes), or a correction beside it.</summary>
public sealed record ChangeNote(string? Text, bool Edit = false);

/// <summary>A note that was written.</summary>
public sealed record NoteStep(long Number, CaseStage State, long NoteId);
