using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces;
using Plumbline.Features.Traces.Ingestion;

namespace Plumbline.Features.Tests.Traces;

/// <summary>Redaction rules multiply what a request costs; a tenant that has many may not take the server from the others.</summary>
public sealed class RedactionCostTests(ProductFixture shared) : IClassFixture<ProductFixture>, IAsyncLifetime
{
    private TracesHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TracesHost.OnAsync(shared);
        var project = _host.Product.Grains.GetGrain<IProjectGrain>(_host.Tenant.Key.ToString());
        var settings = await project.SettingsAsync();
        await project.UpdateSettingsAsync(settings with
        {
            Redaction = ImmutableArray.Create(new RedactionRule("word", RedactionKind.Regex, "wor[dt]", RedactionAction.Mask)),
        });
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Request_WhoseRulesTakeTooLong_IsRefusedWhole()
    {
        using (_host.Product.Set<TracesOptions>(o => o.MaxRedactionTime = TimeSpan.FromTicks(-1)))
        {
            var outcome = await _host.SendAsync(1);
            Assert.Equal((IngestStatus.TooExpensive, 0), (outcome.Status, outcome.Accepted));
            Assert.Contains("redaction rules", outcome.Message, StringComparison.Ordinal);
        }
        Assert.Null(await _host.Reader.FindTraceAsync(_host.Tenant.Key, TracesHost.Id(1), default));
        Assert.Equal(IngestStatus.Accepted, (await _host.SendAsync(1)).Status);
    }

    [Fact]
    public async Task Project_WithTooManyWaiting_IsToldToComeBack()
    {
        using (_host.Product.Set<TracesOptions>(o => o.MaxRedactionsPerProject = 0))
            Assert.Equal(IngestStatus.Overloaded, (await _host.SendAsync(2)).Status);
        Assert.Equal(IngestStatus.Accepted, (await _host.SendAsync(2)).Status);
    }

    /// <summary>One tenant's requests wait for each other, whichever project they are for, and never for another's.</summary>
    [Fact]
    public async Task Turns_OfATenant_AreItsOwn()
    {
        var turns = new RedactionTurns(Options.Create(new TracesOptions { MaxRedactionsAtOnce = 1, MaxRedactionsPerProject = 2 }));
        var (noisy, sister, other) = (new ProjectKey("a", "1"), new ProjectKey("a", "2"), new ProjectKey("b", "1"));
        var first = await turns.TryEnterAsync(noisy, default);
        var second = turns.TryEnterAsync(noisy, default).AsTask();
        Assert.Null(await turns.TryEnterAsync(noisy, default));
        var third = turns.TryEnterAsync(sister, default).AsTask();
        (await turns.TryEnterAsync(other, default))!.Dispose();
        Assert.False(second.IsCompleted || third.IsCompleted);
        first!.Dispose();
        (await second)!.Dispose();
        (await third)!.Dispose();
        using var cancelled = new CancellationTokenSource();
        using var held = await turns.TryEnterAsync(noisy, default);
        var given = turns.TryEnterAsync(noisy, cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.False(turns.TryEnterAsync(noisy, default).AsTask().IsCompleted);
    }
}
