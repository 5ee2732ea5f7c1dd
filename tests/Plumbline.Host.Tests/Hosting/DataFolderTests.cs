using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Plumbline.Host.Hosting;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Hosting;

[UnsupportedOSPlatform("windows")]
public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("plumbline-");

    public void Dispose() => _parent.Delete(true);

    [Fact]
    public async Task NewFolder_IsForTheServersAccountAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        var folder = Path.Combine(_parent.FullName, "data");
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = $"{((IPEndPoint)other.LocalEndpoint).Port}";
        var (_, output) = await ServerProcess.RunToEndAsync(["--data", folder, "--port", taken, "--otlp-grpc-port", "0", "--otlp-http-port", "0"]);
        Assert.Equal(OwnerAlone, File.GetUnixFileMode(folder));
        Assert.NotEmpty(Directory.GetDirectories(folder));
        Assert.DoesNotContain("is open to other accounts", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenFolder_StaysAsItIs_AndTheOperatorIsTold()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        const UnixFileMode Wide = OwnerAlone | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        var folder = Directory.CreateTempSubdirectory("plumbline-").FullName;
        File.SetUnixFileMode(folder, Wide);
        await using var server = await ServerProcess.StartAsync(folder);
        Assert.Contains($"The data folder {folder} is open to other accounts of this machine (mode 755)", server.Output, StringComparison.Ordinal);
        Assert.Contains($"chmod 700 '{folder}'", server.Output, StringComparison.Ordinal);
        Assert.Equal(Wide, File.GetUnixFileMode(folder));
    }

    [Theory]
    [InlineData(OwnerAlone, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserExecute, false)]
    [InlineData(OwnerAlone | UnixFileMode.GroupRead, true)]
    [InlineData(OwnerAlone | UnixFileMode.OtherExecute, true)]
    public void Prepare_TellsOfWhoeverElseGetsIn(UnixFileMode mode, bool tells)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        File.SetUnixFileMode(_parent.FullName, mode);
        Assert.Equal(tells, DataFolder.Prepare(_parent.FullName) is not null);
        File.SetUnixFileMode(_parent.FullName, OwnerAlone);
    }

    [Fact]
    public void Prepare_WhereNoFolderCanBe_LeavesItToTheStore()
    {
        var file = Path.Combine(_parent.FullName, "file");
        File.WriteAllText(file, "");
        Assert.Null(DataFolder.Prepare(Path.Combine(file, "data")));
    }
}
