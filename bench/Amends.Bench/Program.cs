using Amends.Bench;
using Amends.Campaigns;
using Amends.Tests.Servers;

// What bin/bench runs: bin/bench [mail|parse|pages|start|memory|recovery|listening|insight|dictionary] [--database sqlite|postgres|both] [--cases N] [--mails N] [--sleepers N]
//     [--connections N] [--seconds N] [--idle SECONDS] [--corpora FOLDER] [--program FILE]
if (Options.Read(args) is not { } options)
    return 2;
PostgresServer.IsDurable = true;
if (!File.Exists(options.Program))
{
    await Console.Error.WriteLineAsync($"There is no {options.Program}; build it first: dotnet build src/Amends -c Release");
    return 1;
}

if (options.Name == "dictionary")
{
    await DictionaryMaker.Run(options);
    return 0;
}

Console.WriteLine($"{Environment.ProcessorCount} processors, load {Options.Load()}, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}; {Path.GetRelativePath(Environment.CurrentDirectory, options.Program)}");
var table = new Table();
// What becomes of a mail begins with its parsing.
if (options.Wants("parse") || options.Name == "mail")
    ParseBench.Run(options.Corpora, table);
if (options.Wants("listening"))
    ListeningBench.Run(table);
foreach (var kind in options.Kinds)
{
    if (options.Wants("listening"))
        await ListeningBench.Hints(kind, options, table);
    if (options.Wants("start"))
        await StartBench.Run(kind, options, table);
    if (options.Wants("memory"))
        await MemoryBench.Run(kind, options, table);
    if (options.Wants("mail"))
        await MailBench.Run(kind, options, table);
    if (options.Wants("pages"))
        await PageBench.Run(kind, options, table);
    if (options.Wants("recovery"))
        await RecoveryBench.Run(kind, options, table);
    if (options.Name == "insight") // a million cases take long: only when asked for
        await InsightBench.Run(kind, options, table);
}

table.Print();
Console.WriteLine($"\nload at the end {Options.Load()}");
return 0;
