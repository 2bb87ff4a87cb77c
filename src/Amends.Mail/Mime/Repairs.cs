namespace Amends.Mail.Mime;

/// <summary>The notes of one reading: each sentence once, and never more than a page of them. Parts that are decoded later add to it, from any thread.</summary>
internal sealed class Repairs
{
    const int Most = 50;
    readonly Lock gate = new();
    MailNote[] notes = [];

    internal IReadOnlyList<MailNote> Notes => Volatile.Read(ref notes);

    internal void Note(MailNoteKind kind, string sentence)
    {
        lock (gate)
        {
            if (notes.Length < Most && !Array.Exists(notes, n => n.Sentence == sentence)) Volatile.Write(ref notes, [.. notes, new MailNote(kind, sentence)]);
        }
    }
}
