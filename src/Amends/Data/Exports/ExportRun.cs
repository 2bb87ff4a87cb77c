using Amends.Domain;
using Amends.Domain.Exports;
using Dapper;

namespace Amends.Data.Exports;

/// <summary>One making of a file: counts its rows, then reads them by their ids, writes them, and stores the file in pieces as it grows.</summary>
internal sealed class ExportRun
{
    private readonly Database _database;
    private readonly ExportDesk _desk;
    private readonly AskedExport _export;
    private readonly ExportSizes _sizes;
    private readonly TimeProvider _clock;
    private readonly Func<long, Task> _beforePage;
    private readonly ExportSource _source;
    private readonly string _where;
    private readonly DynamicParameters _values;
    private readonly PieceSink _sink;

    private long _rows, _bytes, _stored, _at, _toldAt;
    private long? _total;
    private int _pieces;

    /// <param name="database">Where the rows are.</param>
    /// <param name="desk">Where it is written down how far it is.</param>
    /// <param name="export">What is made, as it was claimed.</param>
    /// <param name="zone">The company's, for the days.</param>
    /// <param name="sizes">How large the parts are.</param>
    /// <param name="clock">For pauses between two notes of how far it is.</param>
    /// <param name="beforePage">Runs before each page, with how many rows are written.</param>
    public ExportRun(Database database, ExportDesk desk, AskedExport export, TimeZoneInfo zone, ExportSizes sizes, TimeProvider clock, Func<long, Task> beforePage)
    {
        (_database, _desk, _export, _sizes, _clock, _beforePage) = (database, desk, export, sizes, clock, beforePage);
        _source = ExportSource.For(export.Plan.What);
        (_where, _values) = _source.Condition(export.Plan, zone);
        _sink = new PieceSink(sizes.Piece);
        _toldAt = clock.GetTimestamp();
    }

    private bool IsPacked => _export.Plan.Format == ExportFormat.Csv; // a workbook is a ZIP already

    /// <summary>Makes it.</summary>
    /// <exception cref="NotOurs">It was cancelled, or another node has it.</exception>
    /// <exception cref="Refused">It is larger than one may be.</exception>
    public async Task Run(CancellationToken ct)
    {
        var (first, last) = await Count(ct);
        await Tell(true);
        var file = RowFile.Begin(_export.Plan.Format, _source, _sink, _sizes);
        await Write(file, first, last, ct);
        file.End();
        await Store(isLast: true);
        if (!await _desk.Publish(_export, _rows, _bytes, file.Note))
            throw new NotOurs();
    }

    /// <summary>Counts the rows that are there now; returns the stretch of ids that holds them all. What comes later is not in the file.</summary>
    private async Task<(long First, long Last)> Count(CancellationToken ct)
    {
        var (table, id) = (_source.Along.Table, _source.Along.Id[(_source.Along.Id.IndexOf('.') + 1)..]);
        var (lowest, highest) = await _database.Read(connection => connection.QuerySingleAsync<(long, long)>($"select coalesce(min({id}), 0), coalesce(max({id}), -1) from {table}"), ct);
        var (first, last, total) = (highest + 1, lowest - 1, 0L);
        for (var after = lowest - 1; after < highest;)
        {
            await Tell(false);
            var until = Math.Min(highest, after + _sizes.Stretch);
            var count = await _database.Read(connection => connection.ExecuteScalarAsync<long>(new CommandDefinition(_source.CountSql(_where), With(after, until), cancellationToken: ct)), ct);
            if (count > 0)
                (first, last, total) = (Math.Min(first, after + 1), until, total + count);
            after = count > 0 ? until : await Skip(table, id, until, highest, ct);
        }

        _total = total;
        return (first, last);
    }

    private async Task Write(RowFile file, long first, long last, CancellationToken ct)
    {
        var sql = _source.PageSql(_where);
        for (var after = first - 1; after < last;)
        {
            await _beforePage(_rows);
            var until = Math.Min(last, after + _sizes.Stretch);
            var (count, newest) = await _database.Read(connection => Page(connection, sql, file, after, until, ct), ct);
            after = count < _sizes.Page ? until : newest;
            _at = after;
            await Store(isLast: false);
            await Tell(false);
        }
    }

    private async Task<(int Count, long Newest)> Page(System.Data.Common.DbConnection connection, string sql, RowFile file, long after, long until, CancellationToken ct)
    {
        var values = With(after, until);
        values.Add("rows", _sizes.Page);
        await using var reader = await connection.ExecuteReaderAsync(new CommandDefinition(sql, values, cancellationToken: ct));
        var (cells, count, newest) = (_source.Cells(reader), 0, after);
        while (await reader.ReadAsync(ct))
        {
            newest = reader.GetInt64(0);
            file.Add(cells());
            _rows++;
            count++;
            if (_sink.IsFull) // a page of long texts is not held whole
                await Store(isLast: false);
        }

        return (count, newest);
    }

    /// <summary>The end of a stretch without rows; behind a gap of ids, that of the gap.</summary>
    private async Task<long> Skip(string table, string id, long until, long highest, CancellationToken ct) => until >= highest ? until
        : await _database.Read(connection => connection.ExecuteScalarAsync<long?>($"select min({id}) from {table} where {id} > @until", new { until }), ct) - 1 ?? highest;

    private async Task Store(bool isLast)
    {
        while (_sink.Take(isLast) is { } piece)
        {
            var data = IsPacked ? Blobs.Pack(piece) : piece;
            _stored += data.Length;
            if (_stored > _sizes.Largest)
                throw new Refused("too_large", $"The file would be larger than {_sizes.Largest >> 30} GiB. Choose fewer days, and make several.");
            if (!await _desk.Put(_export, _pieces++, piece.Length, IsPacked, data))
                throw new NotOurs();
            _bytes += piece.Length;
        }
    }

    private async Task Tell(bool now)
    {
        if (!now && _clock.GetElapsedTime(_toldAt) < _sizes.Every)
            return;
        _toldAt = _clock.GetTimestamp();
        if (!await _desk.Progress(_export, _rows, _total, _bytes, _at))
            throw new NotOurs();
    }

    private DynamicParameters With(long after, long until)
    {
        var values = new DynamicParameters(_values);
        values.Add("after", after);
        values.Add("until", until);
        return values;
    }

    /// <summary>It was cancelled, or another node has it.</summary>
    internal sealed class NotOurs : Exception;
}
