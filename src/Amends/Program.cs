using Amends.Commands;

if (OperatingSystem.IsWindows())
    Console.OutputEncoding = System.Text.Encoding.UTF8; // elsewhere it is so already; there arrows and euros would come out as question marks

var settings = new ConfigurationBuilder()
    .AddJsonFile(Path.GetFullPath("amends.json"), optional: true)
    .AddEnvironmentVariables();

return await AllCommands.Run(args, settings);
