using Amends.Data;
using Amends.Domain.Deadlines;

namespace Amends.Tests.Storage;

/// <summary>The data files of presets and holidays are whole: what one of them names is there, and each says where it comes from.</summary>
public sealed class PresetFileTests
{
    private static readonly string[] Expected =
    [
        "generic-small-shop", "generic-one-touch", "uk-fca-disp", "uk-fca-disp-3bd", "uk-fca-psd-emd", "eu-psd2-art101", "ie-cpc", "au-asic-rg271", "au-asic-super", "au-asic-credit-hardship", "au-acma-telco",
        "au-acma-telco-urgent", "us-cfpb-portal", "us-regx-noe", "us-regx-payoff", "us-rege", "us-regz-billing", "us-dot-airline", "ca-bank-fcac", "in-ecommerce-2020", "br-sac-11034", "uk-ofcom", "uk-ofgem", "uk-ofwat-gss",
        "uk-housing-code", "uk-rail-orr", "uk-nhs", "uk-dmcc-adr", "eu-adr", "mifid-art26", "eba-esma-jc", "us-ftc-mitor", "uk-cra-2015", "uk-ccr-2013", "eu-crd", "eu-2019-771", "au-acl",
    ];

    public static TheoryData<string> Keys => [.. PresetFiles.All.Select(preset => preset.Key)];

    [Fact]
    public void Every_preset_that_was_researched_is_there_and_only_our_own_are_on()
    {
        Assert.Equal(Expected.Order(), PresetFiles.All.Select(preset => preset.Key).Order());
        Assert.All(PresetFiles.All, preset => Assert.Equal(!preset.IsRegulatory, preset.OnByDefault));
    }

    [Theory, MemberData(nameof(Keys))]
    public void A_preset_says_where_it_comes_from_and_names_only_what_there_is(string key)
    {
        var preset = PresetFiles.All.Single(each => each.Key == key);
        Assert.NotEmpty(preset.Sources);
        Assert.All(preset.Sources.Concat([preset.Title, preset.Jurisdiction, preset.Sector, preset.Trigger.Words]), text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.Contains("Check with your adviser", preset.Note);
        Assert.InRange(preset.AsOf, new DateOnly(2026, 1, 1), new DateOnly(2100, 1, 1));
        Assert.True(preset.Version > 0);
        Assert.True(preset.Milestones.Count + preset.Rules.Count + (preset.Signpost is null ? 0 : 1) > 0, "it says nothing");
        Assert.True(preset.Calendar == HolidayCalendars.Company || PresetFiles.Calendars.Any(calendar => calendar.Key == preset.Calendar), $"there is no calendar {preset.Calendar}");
        Assert.Distinct(preset.Milestones.Select(milestone => milestone.Name));
        Assert.All(preset.Milestones, milestone =>
        {
            Assert.False(string.IsNullOrWhiteSpace(milestone.Title));
            Assert.NotEmpty(milestone.MetBy);
            Assert.True(milestone.Term.Amount >= 0 && Enum.IsDefined(milestone.Term.Unit) && Enum.IsDefined(milestone.StartsOn));
            Assert.All(milestone.MetBy, how => Assert.True(Enum.IsDefined(how)));
            if (milestone.UnlessMet?.Split(':') is { } other)
                Assert.NotNull(PresetFiles.All.Single(each => each.Key == other[0]).Find(other[1]));
        });
        Assert.All(preset.Extensions, extension => Assert.NotNull(preset.Find(extension.Milestone)));
        foreach (var code in preset.Milestones.SelectMany(milestone => milestone.RequiredContent.Values).Concat(preset.Extensions.Select(extension => extension.Notice)).SelectMany(codes => codes))
        {
            Assert.True(PresetFiles.Required.ContainsKey(code), $"there is no content {code}");
            if (code is "body" or "adr")
                Assert.NotNull(preset.Signpost);
            if (code == "web")
                Assert.NotNull(preset.Signpost?.Web);
            if (code == "window")
                Assert.NotNull(preset.Signpost?.Window);
        }

        Assert.All(preset.Extensions, extension => Assert.Contains("why", extension.Notice)); // without its reason there is no notice
    }

    [Fact]
    public void None_of_the_texts_that_are_out_of_date_came_in()
    {
        var ofcom = PresetFiles.All.Single(preset => preset.Key == "uk-ofcom");
        Assert.Equal(new Term(6, TimeUnit.Weeks), ofcom.Find("adr")!.Term);
        Assert.All(PresetFiles.All, preset => Assert.DoesNotContain("ec.europa.eu/consumers/odr", string.Concat(preset.Sources.Append(preset.Signpost?.Web))));
        Assert.DoesNotContain(PresetFiles.All.Single(preset => preset.Key == "uk-fca-disp").Milestones, milestone => milestone.Term == new Term(4, TimeUnit.Weeks));
        Assert.Contains("five million", PresetFiles.All.Single(preset => preset.Key == "ie-cpc").Note);
    }

    [Fact]
    public void Every_calendar_has_a_weekend_and_its_holidays_in_order_and_says_how_far_they_are_known()
    {
        Assert.True(PresetFiles.Calendars.Count >= 4);
        Assert.All(PresetFiles.Calendars, calendar =>
        {
            Assert.Equal(1, calendar.Version);
            Assert.NotEmpty(calendar.Weekend);
            Assert.Equal(calendar.Holidays.Distinct().Order(), calendar.Holidays);
            Assert.True(calendar.KnownUntil >= calendar.Holidays[^1]);
        });
    }

    [Fact]
    public void Every_sentence_to_put_in_says_what_is_looked_for_once_its_facts_are_known()
    {
        var facts = new LetterFacts(new Dictionary<string, string>
        {
            ["body"] = "the Retail Ombudsman", ["web"] = "www.retail.example", ["window"] = "six months", ["due"] = "Friday 6 March", ["new"] = "Monday 9 March", ["reason"] = "the maker is closed",
            ["person"] = "Jo", ["company"] = "Northwind", ["number"] = "41", ["issues"] = "The kettle leaks",
        });
        Assert.True(PresetFiles.Required.Count > 20);
        Assert.All(PresetFiles.Required.Values, content => Assert.True(content.IsIn(content.Fill(facts), facts), $"{content.Code} asks for more than its sentence says"));
        Assert.All(PresetFiles.Required.Values, content => Assert.False(content.IsIn("Hello.", facts)));
    }
}
