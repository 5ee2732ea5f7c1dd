using Orleans.TestingHost;
using Plumbline.Contracts;
using Plumbline.Features.Grains;

namespace Plumbline.Features.Tests.Grains.Runtime;

/// <summary>What a caller outside the silo, with bytes between it and the grain, learns of a failure.</summary>
public sealed class RemoteFailureTests(RemoteFailureTests.Outside outside) : IClassFixture<RemoteFailureTests.Outside>
{
    [Fact]
    public async Task Failure_OfARemoteGrain_ArrivesWhole()
    {
        var probe = outside.Client.GetGrain<IProbeGrain>("far");
        var ours = await Assert.ThrowsAsync<RequestFailedException>(() => probe.Throw("ours"));
        Assert.Equal((FailureCode.Conflict, "Words for the caller."), (ours.Code, ours.Message));
        Assert.Contains(nameof(ProbeGrain), ours.StackTrace, StringComparison.Ordinal);

        var wrapped = await Assert.ThrowsAsync<OrleansException>(() => probe.Throw("wrapped"));
        Assert.Equal((FailureCode.Unavailable, "Words for the caller."), (Failure.In(wrapped)!.Code, Failure.In(wrapped)!.Message));

        // What the storage says is none of the contract: the filter puts it into its words before it leaves.
        Assert.Equal(FailureCode.Unavailable, (await Assert.ThrowsAsync<RequestFailedException>(() => probe.Throw("disk"))).Code);
        Assert.Equal("boom", (await Assert.ThrowsAsync<InvalidOperationException>(() => probe.Throw("boom"))).Message);
    }

    [Fact]
    public async Task Stream_OfARemoteGrain_ArrivesWholeAndInOrder() =>
        Assert.Equal(Enumerable.Range(0, 250), await outside.Client.GetGrain<IProbeGrain>("stream").Count(250).ToListAsync());

    /// <summary>A client with a connection to a silo.</summary>
    public sealed class Outside : IAsyncLifetime
    {
        private InProcessTestCluster _silo = null!;

        public IClusterClient Client => _silo.Client;

        public async ValueTask InitializeAsync()
        {
            var builder = new InProcessTestClusterBuilder(1);
            builder.Options.ConfigureFileLogging = false;
            builder.ConfigureSilo((_, silo) => silo.UseGrainRules());
            _silo = builder.Build();
            await _silo.DeployAsync();
        }

        public ValueTask DisposeAsync() => _silo.DisposeAsync();
    }
}
