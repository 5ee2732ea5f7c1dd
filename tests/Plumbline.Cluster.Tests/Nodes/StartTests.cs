using System.Collections;
using Plumbline.Testing;

namespace Plumbline.Cluster.Tests.Nodes;

/// <summary>A node that cannot start says why.</summary>
public sealed class StartTests
{
    private const string Nowhere =
        "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a";

    [Fact]
    public async Task AnAccountThatCannotBeReached_IsNamed_WithoutItsKey()
    {
        var environment = Given.Node(("PLUMBLINE_STORAGE", Nowhere)).Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string)e.Value!);
        var (exitCode, output) = await ServerProcess.RunToEndAsync(["--port", "0", "--otlp-grpc-port", "0", "--otlp-http-port", "0"], environment);
        Assert.Equal(1, exitCode);
        Assert.Contains("The storage account at http://127.0.0.1:1/a cannot be used", output, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsMissing_IsListed()
    {
        var (exitCode, output) = await ServerProcess.RunToEndAsync(["--cluster", "azure"]);
        Assert.Equal(2, exitCode);
        foreach (var option in new[] { "--storage", "--master-keys", "--cluster-secret" }) Assert.Contains(option, output, StringComparison.Ordinal);
    }
}
