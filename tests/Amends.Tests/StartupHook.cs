using System.Diagnostics.Tracing;
using System.Globalization;

#pragma warning disable CA1050, CA1515 // the runtime looks for this name, in no namespace (https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md)

/// <summary>
/// Runs inside the real program before its first line, when <c>DOTNET_STARTUP_HOOKS</c> names this assembly: writes down every connection that is begun, every name that is looked up and
/// every request that is made, from the first moment to the last. The program knows nothing of it.
/// </summary>
internal static class StartupHook
{
    /// <summary>The environment variable with the file that it writes to.</summary>
    public const string FileName = "NETWORK_WATCH_FILE";

    private static Watch? watch;

    /// <summary>Called by the runtime.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(FileName) is { Length: > 0 } file)
            watch = new Watch(file);
    }

    private sealed class Watch(string file) : EventListener
    {
        private static readonly string[] Sources = ["System.Net.Sockets", "System.Net.NameResolution", "System.Net.Http"], Events = ["ConnectStart", "ResolutionStart", "RequestStart"];
        private readonly Lock _lock = new();

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (Sources.Contains(eventSource.Name))
                EnableEvents(eventSource, EventLevel.Informational, EventKeywords.All);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (!Events.Contains(eventData.EventName))
                return;
            var line = $"{eventData.EventName} {string.Join(' ', eventData.Payload?.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)) ?? [])}\n";
            lock (_lock)
                File.AppendAllText(file, line);
        }
    }
}
