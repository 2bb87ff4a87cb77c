using System.Globalization;
using Amends.Data;
using Amends.Data.Exports;
using Amends.Domain.Exports;
using Microsoft.Net.Http.Headers;

namespace Amends.Features.Shared;

/// <summary>The file of an export as an answer.</summary>
internal static class ExportFile
{
    /// <summary>The file, from its beginning or from where somebody goes on (RFC 9110 §14); 404 when there is none, or none any more.</summary>
    /// <param name="export">Which; <c>null</c> for none.</param>
    /// <param name="database">Where it lies.</param>
    /// <param name="ct">The request's end.</param>
    public static async Task<IResult> Of(AskedExport? export, Database database, CancellationToken ct) =>
        export is { State: ExportState.Done } && await PieceReader.Open(database, export, ct) is { } file
            ? TypedResults.Stream(file, export.MediaType, export.Plan.FileName, DateTimeOffset.FromUnixTimeMilliseconds(export.EndedAt ?? 0), new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{export.Id}-{export.Epoch}\"")), enableRangeProcessing: true)
            : TypedResults.NotFound();
}
