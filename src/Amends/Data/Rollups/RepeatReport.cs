using Amends.Domain.Reports;

namespace Amends.Data.Rollups;

/// <summary>Whether once was enough: put right in the first contact, turned to us again, complained of the same again.</summary>
public static class RepeatReport
{
    /// <summary>Reads it.</summary>
    public static async Task<Report> Read(Question ask)
    {
        var ((first, firstBefore), (closed, closedBefore)) = (await ask.Both(Measure.FirstContact), await ask.Both(Measure.Closed));
        var ((contacts, contactsBefore), (recurred, recurredBefore)) = (await ask.Both(Measure.Contacts), await ask.Both(Measure.Recurred));
        var stretches = ask.Stretches();
        var (firsts, ends, times, again) = (await ask.Along(Measure.FirstContact, stretches), await ask.Along(Measure.Closed, stretches), await ask.Along(Measure.Contacts, stretches), await ask.Along(Measure.Recurred, stretches));
        return new("repeats", "First contact and repeats", "Was once enough, or did they have to come back?", ask.Slice,
            [
                Figure.OfShare("first_contact", "Put right in the first contact", "Complaints that ended with a summary and a remedy after one contact of the customer, without a no and without another complaint of the same within 14 days, of all that were closed.", Question.Share(first.All, closed.All), Question.Share(firstBefore.All, closedBefore.All), true, ask.CasesOf(Measure.FirstContact)),
                Figure.OfShare("repeat_contact", "Turned to us again", "Closed complaints whose customer turned to us twice or more by themselves, of all that were closed; answers to what we asked do not count.", Repeat(contacts), Repeat(contactsBefore), false, ask.CasesOf(Measure.Contacts, null, 2)),
                Figure.OfShare("recurrence", "Complained of the same again", "Closed complaints whose customer complained of the same category again within 30 days, of all that were closed; what was closed lately may still come.", Question.Share(recurred.All, closed.All), Question.Share(recurredBefore.All, closedBefore.All), false, recurred.All == 0 ? null : ask.CasesOf(Measure.Recurred)),
            ],
            [
                new("along", "Along the days", "By the day of the end.", [new("from", ask.StretchWord), new("closed", "Closed"), new("first_contact", "Put right in the first contact"), new("repeat_contact", "Turned to us again"), new("recurrence", "Complained of the same again")],
                    [.. stretches.Select((stretch, i) => new ReportRow([stretch.From, ends[i].All, Question.Share(firsts[i].All, ends[i].All), Repeat(times[i]), Question.Share(again[i].All, ends[i].All)], ask.CasesOf(Measure.Closed, slice: ask.Slice with { From = stretch.From, To = stretch.To })))]) { Chart = ChartKind.Lines, Drawn = ["first_contact", "repeat_contact", "recurrence"] },
                new("contacts", "How often they turned to us", "Closed complaints by how often their customer turned to us by themselves.", [new("contacts", "Contacts"), new("complaints", "Complaints")],
                    [.. contacts.BucketsOfAll.Select(each => new ReportRow([each.Bucket == Marks.MostContacts ? $"{each.Bucket} or more" : each.Bucket == 1 ? "Once" : $"{each.Bucket} times", each.Count], ask.CasesOf(Measure.Contacts, null, each.Bucket, each.Bucket)))]) { Chart = ChartKind.Rows, Width = 6, Drawn = ["complaints"] },
            ]);
    }

    private static Domain.Statistics.Proportion Repeat(Sums contacts) => Question.Share(contacts.BucketsOfAll.Where(each => each.Bucket >= 2).Sum(each => each.Count), contacts.All);
}
