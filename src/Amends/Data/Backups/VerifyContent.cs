namespace Amends.Data.Backups;

/// <summary>Unpacks everything that is stored by its SHA-256 and compares; finds what is referred to and not there.</summary>
public static class VerifyContent
{
    private static readonly (string Table, string Column, string What)[] References =
    [
        ("attachments", "digest", "The attachment"), ("messages", "raw_digest", "The mail of message"), ("intake", "raw_digest", "The arrived mail"),
        ("outbox", "raw_digest", "The outgoing mail"), ("held_files", "digest", "The file of a reply"), ("letters", "digest", "The letter"),
    ];

    /// <summary>Looks at all contents in a snapshot; one of them at a time is in memory.</summary>
    /// <param name="snapshot">What is looked at.</param>
    /// <param name="wrong">Told one sentence for each that is wrong.</param>
    /// <returns>How many contents there are.</returns>
    public static async Task<long> Run(Snapshot snapshot, Action<string> wrong)
    {
        var count = 0L;
        var pieces = new List<Piece>();
        await foreach (var piece in snapshot.Rows<Piece>("select digest, piece as number, pieces, size, data from blobs order by digest, piece"))
        {
            if (pieces.Count > 0 && pieces[0].Digest != piece.Digest)
                Check();
            pieces.Add(piece);
        }

        if (pieces.Count > 0)
            Check();
        foreach (var (table, column, what) in References)
        {
            var id = table == "held_files" ? "held_id" : "id";
            await foreach (var lost in snapshot.Rows<Lost>($"select {id} as id, {column} as digest from {table} t where {column} <> '' and not exists (select 1 from blobs b where b.digest = t.{column}) order by {id}"))
                wrong($"{what} {lost.Id} is not stored: {lost.Digest}.");
        }

        return count;

        void Check()
        {
            count++;
            var (digest, size, whole) = (pieces[0].Digest, pieces[0].Size, pieces.Count == pieces[0].Pieces && pieces.Select((piece, i) => piece.Number == i).All(fits => fits));
            var data = pieces.Count == 1 ? pieces[0].Data : [.. pieces.SelectMany(piece => piece.Data)];
            pieces.Clear();
            if (!whole)
                wrong($"The content {digest} is not whole: a piece is missing.");
            else if (!Blobs.IsWhole(digest, data, size))
                wrong($"The content {digest} is not as it was stored.");
        }
    }

    private sealed class Piece
    {
        public string Digest { get; init; } = "";
        public int Number { get; init; }
        public int Pieces { get; init; }
        public long Size { get; init; }
        public byte[] Data { get; init; } = [];
    }

    private sealed class Lost
    {
        public long Id { get; init; }
        public string Digest { get; init; } = "";
    }
}
