using System.Text.Json;
using System.Text.Json.Serialization;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Contents;
using Amends.Domain.Deadlines;
using Amends.Domain.Playbooks;
using Amends.Domain.Promises;
using Dapper;

namespace Amends.Data;

/// <summary>Whose desk this is: what the guided set-up asks for.</summary>
public sealed record Company
{
    public string Name { get; init; } = "Your company";
    public string TimeZone { get; init; } = "UTC";
    public string Currency { get; init; } = "EUR";

    /// <summary>The address that links in mail begin with.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>The address that our mail comes from.</summary>
    public string MailFrom { get; init; } = "service@localhost";
    public string? Phone { get; init; }

    /// <summary>The company's colour on the customers' pages, as <c>#1f6b5c</c>; ours when not given.</summary>
    public string? BrandColour { get; init; }

    /// <summary>Open hours by day, <c>monday</c> to <c>sunday</c>, as <c>09:00-17:00</c>; a missing day is closed.</summary>
    public IReadOnlyDictionary<string, string> OpenHours { get; init; } = new Dictionary<string, string>
    {
        ["monday"] = "09:00-17:00", ["tuesday"] = "09:00-17:00", ["wednesday"] = "09:00-17:00", ["thursday"] = "09:00-17:00", ["friday"] = "09:00-17:00",
    };

    /// <summary>Local dates on which nobody is there, ISO 8601.</summary>
    public IReadOnlyList<string> Holidays { get; init; } = [];

    /// <summary>New cases get an owner at once: the least loaded available agent.</summary>
    public bool AssignAtOnce { get; init; } = true;

    /// <summary>The guided set-up was finished.</summary>
    public bool IsSetUp { get; init; }

    /// <summary>This is the demo company: no mail leaves the machine.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Spend above which a customer's complaint counts as high value, minor units.</summary>
    public long HighValueMinor { get; init; } = 200_000;

    /// <summary>Money in an option above which the customer types in a one-time code to choose it, minor units; <c>null</c> for never.</summary>
    public long? CodeAboveMinor { get; init; } = 25_000;

    /// <summary>How calls are agreed with customers.</summary>
    public CallSettings Calls { get; init; } = new();

    /// <summary>How soon somebody answers, by the way it came in.</summary>
    public ReplySettings Replies { get; init; } = new();

    /// <summary>How things are sent back, visits agreed, and inconvenience made up for.</summary>
    public RemedySettings Remedies { get; init; } = new();

    /// <summary>How often customers are asked whether it is put right.</summary>
    public CheckBackSettings CheckBacks { get; init; } = new();

    /// <summary>What happens when they do not answer.</summary>
    public CourseSettings Course { get; init; } = new();

    /// <summary>The framework whose steps are shown on cases, by its key, to everybody who chose no other.</summary>
    public string Framework { get; init; } = FrameworkSet.Proposed;

    /// <summary>What may follow a good end.</summary>
    public FollowOnSettings FollowOn { get; init; } = new();

    /// <summary>What we promise when something goes wrong, Markdown; the public page.</summary>
    public string Charter { get; init; } = "";

    /// <summary>The public promise ends with what customers get by each playbook that holds.</summary>
    public bool CharterShowsPlaybooks { get; init; } = true;

    /// <summary>Where a customer can go who does not agree with our final decision, in plain text; empty when there is nowhere.</summary>
    public string OutsideRoute { get; init; } = "";

    /// <summary>Questions, letters, extras and rules that held on the day on which this was read; stored as versions of their own.</summary>
    [JsonIgnore]
    public ContentInForce Content { get; init; } = ContentFiles.AsShipped;

    /// <summary>What a language model may be asked for; as it ships, nothing. A setting of its own.</summary>
    [JsonIgnore]
    public LanguageModelSettings LanguageModel { get; init; } = new();

    /// <summary>Where customers can go next by single presets, by their key, where that is not as the preset says.</summary>
    public IReadOnlyDictionary<string, NamedRoute> Routes { get; init; } = new Dictionary<string, NamedRoute>();

    /// <summary>Where customers can go next by a preset; <c>null</c> when it names nobody, or none is open to them.</summary>
    public Signpost? SignpostOf(Preset preset) => preset.Signpost is not { } post ? null
        : !Routes.TryGetValue(preset.Key, out var own) ? post
        : own.IsNone ? null : post with { Body = own.Body, Web = Given(own.Web), Address = Given(own.Address), Window = Given(own.Window) };

    private static string? Given(string text) => text.Length > 0 ? text : null;

    /// <summary>What goes with a decision: its dates, and where the customer can go next.</summary>
    /// <param name="doneBy">When the customer has what we can do.</param>
    /// <param name="answerBy">Until when it is held for their answer.</param>
    /// <param name="checkBackAt">When we propose to ask whether it is put right.</param>
    /// <param name="playbook">The playbook that suits the case, for what a law gives.</param>
    public DecisionTerms Terms(DateTimeOffset doneBy, DateTimeOffset answerBy, DateTimeOffset checkBackAt, Playbook? playbook = null) =>
        new(doneBy, answerBy, checkBackAt, OutsideRoute.Trim() is { Length: > 0 } route ? route : null, Currency) { Playbook = playbook is null ? null : PlaybookDesk.Terms(playbook, this, null) };

    /// <summary>The zone, as the runtime knows it.</summary>
    public TimeZoneInfo Zone() => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The open hours as a calendar, with the longest silence.</summary>
    public Calendar Calendar() => new(Zone(),
        OpenHours.Where(day => Enum.TryParse<DayOfWeek>(day.Key, true, out _)).ToDictionary(day => Enum.Parse<DayOfWeek>(day.Key, true), day => HoursOf(day.Value)),
        Holidays.Select(DateOnly.Parse).ToHashSet()) { LongestSilence = TimeSpan.FromDays(Replies.SilenceDays) };

    /// <summary>Reads <c>09:00-17:00</c>.</summary>
    /// <exception cref="BadSetting">It is something else.</exception>
    public static OpenHours HoursOf(string text) =>
        text.Split('-', StringSplitOptions.TrimEntries) is [var from, var to] && TimeOnly.TryParse(from, out var opens) && TimeOnly.TryParse(to, out var closes) && opens < closes
            ? new OpenHours(opens, closes)
            : throw new BadSetting("The open hours", $"are not like 09:00-17:00: {text}");
}

/// <summary>A body outside that decides between the company and its customers.</summary>
/// <param name="Body">Its name, as letters give it.</param>
/// <param name="Web">Its address on the web; empty without one.</param>
/// <param name="Address">Its address on paper; empty without one.</param>
/// <param name="Window">Within what time, such as <c>six months</c>; empty when there is no limit.</param>
/// <param name="IsNone">None is open to the company's customers: nothing is said of it.</param>
public sealed record NamedRoute(string Body, string Web, string Address, string Window, bool IsNone = false);

/// <summary>Open hours within which somebody answers.</summary>
public sealed record ReplySettings
{
    public double Call { get; init; } = ReplyTimes.Proposed.Call.TotalHours;
    public double Mail { get; init; } = ReplyTimes.Proposed.Mail.TotalHours;
    public double Text { get; init; } = ReplyTimes.Proposed.Text.TotalHours;
    public double Public { get; init; } = ReplyTimes.Proposed.Public.TotalHours;

    /// <summary>The longest that a customer is left without a word, in days of the calendar.</summary>
    public int SilenceDays { get; init; } = Domain.Calendars.Calendar.UsualSilence.Days;

    /// <summary>The same for the domain.</summary>
    public ReplyTimes Times() => new(TimeSpan.FromHours(Call), TimeSpan.FromHours(Mail), TimeSpan.FromHours(Text), TimeSpan.FromHours(Public));
}

/// <summary>Settings that people change in the product, as JSON under a name; read often, so kept for a few seconds.</summary>
public sealed class StoredSettings(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2); // so that other nodes follow
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private (Company Company, long At)? _company;

    /// <summary>Questions, letters, rules, categories and causes as they held when the company was last read, for pages that were loaded with it.</summary>
    public ContentInForce Content { get; private set; } = ContentFiles.AsShipped;

    /// <summary>The company as it is set now.</summary>
    public async ValueTask<Company> Company(CancellationToken ct = default)
    {
        if (_company is { } kept && clock.GetElapsedTime(kept.At) < Fresh)
            return kept.Company;
        var company = await Get<Company>("company", ct) ?? new Company();
        if (await ContentDesk.Own(database, ct) is { Count: > 0 } own)
            company = company with { Content = ContentInForce.On(ContentFiles.Shipped, own, LocalDay.Of(clock.GetUtcNow(), company.Zone())) };
        company = company with { LanguageModel = await Get<LanguageModelSettings>(LanguageModelSettings.Setting, ct) ?? new() };
        (_company, Content) = ((company, clock.GetTimestamp()), company.Content);
        return company;
    }

    /// <summary>The company is read anew when somebody asks for it next.</summary>
    public void Forget() => _company = null;

    /// <summary>Stores the company.</summary>
    public async Task Set(Company company)
    {
        var before = await Get<Company>("company") ?? new Company();
        await database.Write(async unit =>
        {
            await SetIn(unit, "company", company);
            await DeadlineDesk.Follow(unit, before, company, clock.GetUtcNow().ToUnixTimeMilliseconds());
        });
        Forget();
    }

    /// <summary>A setting, or <c>null</c>.</summary>
    public async Task<T?> Get<T>(string name, CancellationToken ct = default) where T : class =>
        await database.Read(connection => connection.ExecuteScalarAsync<string?>("select value from settings where name = @name", new { name }), ct) is { } value
            ? JsonSerializer.Deserialize<T>(value, Json)
            : null;

    /// <summary>Stores a setting.</summary>
    public Task Set<T>(string name, T value) => database.Write(unit => SetIn(unit, name, value));

    /// <summary>Stores a setting in the caller's unit of work.</summary>
    public static Task SetIn<T>(Unit unit, string name, T value) => unit.Run(
        "insert into settings (name, value) values (@name, @value) on conflict (name) do update set value = excluded.value",
        new { name, value = JsonSerializer.Serialize(value, Json) });
}
