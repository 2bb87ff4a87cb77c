using Amends.Data;
using Amends.Features.CustomerFiles;
using Amends.Jobs;
using Amends.Web;

namespace Amends.Commands;

/// <summary><c>amends import FILE.csv --orders</c>, <c>--customers</c>, <c>--calls</c>, <c>--stock</c>, <c>--spend</c> or <c>--mentions</c>.</summary>
public static class Import
{
    /// <summary>Reads the whole file first. A row that cannot be used stops it before anything is written, unless <c>--skip-bad</c> is said.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        var orders = line.Has("--orders");
        var files = line.Args.Where(arg => !arg.StartsWith('-')).ToList();
        var (calls, stock, spend, mentions) = (line.Has("--calls"), line.Has("--stock"), line.Has("--spend"), line.Has("--mentions"));
        if (files.Count != 1 || new[] { orders, calls, stock, spend, mentions, line.Has("--customers") }.Count(each => each) != 1)
            return CommandLine.Wrong;
        await using var database = Database.Open(line.Surroundings.Database, line.Surroundings.DatabasePassword);
        await new Migrator(database).Run();
        var settings = new StoredSettings(database, TimeProvider.System);
        var company = await settings.Company();
        CallImport.Found? heard = null;
        var checkedFirst = await Read(checkOnly: true);
        foreach (var (number, why) in checkedFirst.Refused)
            await Console.Error.WriteLineAsync($"{files[0]}:{number}: {why}");
        if (checkedFirst.RefusedCount > 0 && !line.Has("--skip-bad"))
        {
            await Console.Error.WriteLineAsync($"amends: {checkedFirst.RefusedCount:N0} rows cannot be used, so nothing was written. Correct them, or say --skip-bad to import the others.");
            return 1;
        }

        var result = await Read(checkOnly: false);
        if (heard is not null)
            Console.WriteLine($"{result.Added:N0} new, {heard.Known:N0} known already, {heard.WithoutCase:N0} of nobody with an open case, {heard.Unanswered:N0} that nobody answered, {result.RefusedCount:N0} left out.");
        else
            Console.WriteLine($"{result.Added:N0} new, {result.Updated:N0} brought up to date, {result.RefusedCount:N0} left out.");
        return 0;

        async Task<OrderImport.Result> Read(bool checkOnly)
        {
            using var text = new StreamReader(files[0], System.Text.Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            if (calls)
            {
                var store = new CaseStore(database, new LiveSignals(database), new JobSignal(), new DeadlineDesk(database, settings, TimeProvider.System), Ear.Of(line.Surroundings.Data));
                heard = await new CallImport(database, store, TimeProvider.System).Run(text, company.Zone(), checkOnly);
                return heard.Rows;
            }

            if (spend)
            {
                var done = await new Features.Worth.SpendImport(database, new WorthDesk(database, settings, TimeProvider.System), TimeProvider.System).Run(text, company.Currency, checkOnly);
                var result = new OrderImport.Result { Added = done.Added, Updated = done.Updated };
                foreach (var (number, why) in done.Refused)
                    result.Refuse(number, why);
                return result;
            }

            if (mentions)
            {
                var done = await new Features.Mentions.MentionImport(database, TimeProvider.System).Run(text, company.Zone(), checkOnly);
                var result = new OrderImport.Result { Added = done.Added, Updated = done.Updated };
                foreach (var (number, why) in done.Refused)
                    result.Refuse(number, why);
                return result;
            }

            if (stock)
                return await new StockImport(database, TimeProvider.System).Run(text, checkOnly);
            return orders
                ? await new OrderImport(database, TimeProvider.System).Run(text, company.Currency, company.Zone(), checkOnly: checkOnly)
                : await new CustomerImport(database, TimeProvider.System).Run(text, checkOnly);
        }
    }
}
