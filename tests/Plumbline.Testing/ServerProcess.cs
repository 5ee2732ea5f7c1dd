using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.Testing;

/// <summary>The real server in a process of its own, on free ports, with a data folder that outlives it. Built by the project reference of
/// the test project.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly StringBuilder _output = new();
    private readonly List<(string Text, TaskCompletionSource Printed)> _awaited = [];
    private readonly TaskCompletionSource _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private ServerProcess(
        string folder,
        IReadOnlyDictionary<string, string>? environment, IEnumerable<string> arguments, IReadOnlyList<string>? launcher = null)
    {
        Folder = folder;
        var program = ProgramPath();
        string[] runtime = program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet"] : [];
        string[] command = [.. launcher ?? [], .. runtime, program, .. arguments];
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        foreach (var argument in command[1..]) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToArray()) start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _serving.TrySetException(new InvalidOperationException("The server ended before it served."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The data folder; kept when the process ends, deleted on <see cref="DisposeAsync"/>.</summary>
    public string Folder { get; }

    public Uri Url { get; private set; } = new("http://127.0.0.1:1");

    public int OtlpGrpcPort { get; private set; }

    public int ProcessId => _process.Id;

    public int ExitCode => _process.ExitCode;

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>The token of the link that makes the first owner.</summary>
    public string OwnerToken =>
        OwnerLink().Match(Output) is { Success: true } link ? link.Groups["token"].Value : throw new InvalidOperationException("No owner link in:\n" + Output);

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="folder">The data folder; a new one when null.</param>
    /// <param name="environment">Settings by environment variable.</param>
    /// <param name="otlpHttpPort">The port besides the main one for OTLP over HTTP; 0 for none.</param>
    /// <param name="launcher">A program and its arguments that runs the command that follows them, in its own process.</param>
    public static async Task<ServerProcess> StartAsync(
        string? folder = null, IReadOnlyDictionary<string, string>? environment = null, int otlpHttpPort = 0,
        IReadOnlyList<string>? launcher = null)
    {
        folder ??= Directory.CreateTempSubdirectory("plumbline-").FullName;
        var server = new ServerProcess(
            folder, environment, ["--port", "0", "--otlp-grpc-port", "0", "--otlp-http-port", $"{otlpHttpPort}", "--data", folder], launcher);
        try
        {
            await server._serving.Task.WaitAsync(Patience);
            using var client = new HttpClient { BaseAddress = server.Url };
            using var ready = await client.GetAsync(new Uri("/healthz/ready", UriKind.Relative));
            ready.EnsureSuccessStatusCode();
            return server;
        }
        catch (Exception failure)
        {
            await server.KillAsync();
            throw new InvalidOperationException("The server did not come up:\n" + server.Output, failure);
        }
    }

    /// <summary>Runs a server that is expected to refuse to start.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var server = new ServerProcess(Directory.CreateTempSubdirectory("plumbline-").FullName, environment, arguments);
        await server._process.WaitForExitAsync().WaitAsync(Patience);
        return (server.ExitCode, server.Output);
    }

    /// <summary>Waits until the server has printed a text; its log is written a moment after what it tells of.</summary>
    public async Task PrintedAsync(string text)
    {
        var printed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_output)
        {
            if (_output.ToString().Contains(text, StringComparison.Ordinal)) return;
            _awaited.Add((text, printed));
        }
        await printed.Task.WaitAsync(Patience);
    }

    /// <summary>kill -9: nothing is flushed, nobody is told.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and the end it leads to.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited) return;
        await SignalAsync("TERM");
        await EndAsync();
    }

    /// <summary>SIGSTOP: nothing of the process runs, and its connections stay open. To others it hangs.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT: it goes on as if nothing had been.</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>Waits until the process ends by itself.</summary>
    public Task EndAsync(TimeSpan? patience = null) => _process.WaitForExitAsync().WaitAsync(patience ?? Patience);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, true);
    }

    private async Task SignalAsync(string name)
    {
        using var signal = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        await signal.WaitForExitAsync();
    }

    private static bool IsSetting(string variable) =>
        variable.StartsWith("PLUMBLINE_", StringComparison.Ordinal) || variable.StartsWith("OTEL_", StringComparison.Ordinal);

    private void Read(string? line)
    {
        if (line is null) return;
        lock (_output)
        {
            _output.AppendLine(line);
            foreach (var (text, printed) in _awaited)
            {
                if (line.Contains(text, StringComparison.Ordinal)) printed.TrySetResult();
            }
        }
        if (ServingLine().Match(line) is { Success: true } serving)
        {
            Url = new Uri(serving.Groups["url"].Value);
            OtlpGrpcPort = int.Parse(serving.Groups["grpc"].ValueSpan);
        }
        if (line.Contains("Plumbline is ready", StringComparison.Ordinal)) _serving.TrySetResult();
    }

    /// <summary>The program that PLUMBLINE_SERVER names: the published one, or that of another build. Else test programs lie beside the
    /// server's: bin/Plumbline.X.Tests/debug and bin/Plumbline.Host/debug.</summary>
    private static string ProgramPath()
    {
        if (Environment.GetEnvironmentVariable("PLUMBLINE_SERVER") is { Length: > 0 } named)
            return File.Exists(named) ? Path.GetFullPath(named) : throw new FileNotFoundException("PLUMBLINE_SERVER names no file.", named);
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var path = Path.Combine(own.Parent!.Parent!.FullName, "Plumbline.Host", own.Name, "Plumbline.Host.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("Build backend/Plumbline.Host first.", path);
    }

    [GeneratedRegex(@"serves on (?<url>http://\S+) \(OTLP over gRPC on port (?<grpc>[0-9]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ServingLine();

    [GeneratedRegex(@"/signin/link/(?<token>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OwnerLink();
}
