using System.Text.Json;

namespace Amends.Data;

/// <summary>What somebody has typed into a longer form, kept on the server until it is sent. One draft a person and form; the newest wins.</summary>
public static class FormDrafts
{
    private const int MostFields = 200, LongestName = 100, LongestValue = 50_000, LongestAll = 200_000;

    /// <summary>The fields of a form that can be kept: no files, no tokens.</summary>
    public static IReadOnlyDictionary<string, string> Of(IFormCollection form) => form
        .Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal) && field.Key.Length <= LongestName)
        .Take(MostFields).ToDictionary(field => field.Key, field => Storable.Of(field.Value.ToString()));

    /// <summary>Keeps them. <c>false</c> when they are too long to keep.</summary>
    public static async Task<bool> Save(Database database, long person, string form, IReadOnlyDictionary<string, string> fields, DateTimeOffset at)
    {
        var document = JsonSerializer.Serialize(fields);
        if (document.Length > LongestAll || fields.Any(field => field.Value.Length > LongestValue))
            return false;
        await database.Write(unit => unit.Run(
            """
            insert into form_drafts (person_id, form, fields, saved_at) values (@person, @form, @document, @at)
            on conflict (person_id, form) do update set fields = excluded.fields, saved_at = excluded.saved_at
            """, new { person, form, document, at = at.ToUnixTimeMilliseconds() }));
        return true;
    }

    /// <summary>What was kept; <c>null</c> when nothing was.</summary>
    public static Task<IReadOnlyDictionary<string, string>?> Find(Database database, long person, string form, CancellationToken ct = default) => database.Read(async connection =>
        await Dapper.SqlMapper.ExecuteScalarAsync<string?>(connection, "select fields from form_drafts where person_id = @person and form = @form", new { person, form }) is { } document
            ? (IReadOnlyDictionary<string, string>?)JsonSerializer.Deserialize<Dictionary<string, string>>(document)
            : null, ct);

    /// <summary>Forgets it, in the caller's unit of work: it was sent.</summary>
    public static Task Forget(Unit unit, long person, string form) => unit.Run("delete from form_drafts where person_id = @person and form = @form", new { person, form });
}
