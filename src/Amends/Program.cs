using Amends.Commands;

var settings = new ConfigurationBuilder()
    .AddJsonFile(Path.GetFullPath("amends.json"), optional: true)
    .AddEnvironmentVariables();

return await AllCommands.Run(args, settings);
