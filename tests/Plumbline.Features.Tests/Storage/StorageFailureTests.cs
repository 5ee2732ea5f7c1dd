using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Kernel.Storage;
using Plumbline.Features.Tests.Traces;
using Plumbline.Features.Traces.Grains;
using Plumbline.ObjectStore;
using Plumbline.Testing;

namespace Plumbline.Features.Tests.Storage;

/// <summary>What callers in another process would learn of a storage that fails: the contract's own exception, and nothing of the engines,
/// which that process could not read.</summary>
public sealed class StorageFailureTests(StorageFailureTests.FullDisk shared) : IClassFixture<StorageFailureTests.FullDisk>, IAsyncLifetime
{
    private readonly FailingObjectStore _disk = shared.Disk;
    private TracesHost _host = null!;
    private IReviewQueueGrain _queue = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TracesHost.OnAsync(shared);
        await _host.SendAsync(1, 2);
        _queue = await _host.BlindAsync("ann", 1);
        _disk.WritesLeft = 0;
    }

    public ValueTask DisposeAsync()
    {
        (_disk.WritesLeft, _disk.Fault) = (int.MaxValue, StorageFault.Full);
        return _host.DisposeAsync();
    }

    public static TheoryData<string> Writers => ["journal", "grain state", "audit", "erasure", "seen traces"];

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task AnyGrain_StorageTakesNoWrites_SaysUnavailableAndWorksLater(string writer)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(writer));
        Assert.True(Failure.In(failure) is { Code: FailureCode.Unavailable, IsRetryable: true }, failure.ToString());
        for (var inner = failure; inner is not null; inner = inner.InnerException) Assert.DoesNotContain(
            "ObjectStore", inner.GetType().FullName, StringComparison.Ordinal);
        _disk.WritesLeft = int.MaxValue;
        await WriteAsync(writer);
    }

    [Theory]
    [InlineData(StorageFault.Full, FailureCode.Unavailable)]
    [InlineData(StorageFault.ReadOnly, FailureCode.Unavailable)]
    [InlineData(StorageFault.Failed, FailureCode.Internal)]
    [InlineData(StorageFault.Uncertain, FailureCode.OutcomeUnknown)]
    public void Translated_SaysThatNothingWasChanged_OnlyWhenThatIsSo(StorageFault fault, FailureCode expected) =>
        Assert.Equal(expected, StorageFailures.Translated(new StorageUnavailableException("a", fault, "why")).Code);

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task AnyGrain_StorageFailsOtherwise_BlamesNoFullDisk(string writer)
    {
        _disk.Fault = StorageFault.Failed;
        var refused = Failure.In(await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(writer)))!;
        Assert.Equal(FailureCode.Internal, refused.Code);
        Assert.Contains("not because its disk is full", refused.Message, StringComparison.Ordinal);
        _disk.WritesLeft = int.MaxValue;
        await WriteAsync(writer);
    }

    [Fact]
    public void Logged_WhatOnlyTheLogExplains_IsInIt()
    {
        var log = new FakeLog();
        log.Logged(new StorageUnavailableException("a/b.json", StorageFault.Full, "full"));
        Assert.Empty(log.Lines);
        log.Logged(new InvalidObjectNameException("a/b.json", "it is the folder of other objects"));
        Assert.Equal("The object a/b.json could not be read or written: InvalidObjectNameException", Assert.Single(log.Lines));
    }

    [Fact]
    public async Task Ingestion_StorageTakesNoWrites_IsUnavailableAndWorksLater()
    {
        Assert.Equal(IngestStatus.Unavailable, (await _host.SendAsync(3)).Status);
        _disk.WritesLeft = int.MaxValue;
        Assert.Equal(IngestStatus.Accepted, (await _host.SendAsync(3)).Status);
    }

    [Fact]
    public async Task Shard_AnotherHasItsStore_IsUnavailableOnceAndOpensAnew()
    {
        _disk.WritesLeft = int.MaxValue;
        await using (await TraceStore.SpanStore.OpenAsync(shared.Memory, $"traces/{_host.Tenant.Key}/0")) { }
        Assert.Equal(IngestStatus.Unavailable, (await _host.SendAsync(3)).Status);
        Assert.Equal(IngestStatus.Accepted, (await _host.SendAsync(3)).Status);
    }

    [Fact]
    public async Task Reading_GoesOn()
    {
        Assert.NotNull(await _host.Reader.FindTraceAsync(_host.Tenant.Key, TracesHost.Id(1), default));
        Assert.Equal(1, (await _queue.GetProgressAsync()).Total);
        await _host.Product.Get<ITraceOpenings>().RecordAsync(_host.Tenant.Key, "eve", [TracesHost.Id(2)], SeenKind.Opened, default);
    }

    private Task WriteAsync(string writer) => writer switch
    {
        "journal" => _queue.ClaimAsync("ann"),
        "grain state" => _host.Product.Grains.GetGrain<IOrganizationProjectsGrain>(_host.Tenant.Organization).CreateAsync("other", "Other"),
        "audit" => _host.Product.Get<IAuditLog>().AppendAsync(_host.Tenant.Organization, new AuditEntry("ann", "tested", "nothing"), default).AsTask(),
        "erasure" => _host.Product.Grains.GetGrain<ITraceShardGrain>(_host.Tenant.Key.Child("0")).EraseAsync(ImmutableArray.Create(TracesHost.Id(2)), null),
        _ => _host.Product.Grains.GetGrain<ITraceOpeningsGrain>(_host.Tenant.Key.Child("eve")).RecordAsync(TracesHost.Id(1)),
    };

    private sealed class FakeLog : ILogger
    {
        public List<string> Lines { get; } = [];

        public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{formatter(state, exception)}: {exception?.GetType().Name}");

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    }

    /// <summary>The product on a disk that takes as many writes as a test lets it.</summary>
    public sealed class FullDisk : ProductFixture
    {
        public FullDisk() => Disk = new FailingObjectStore(Memory);

        public MemoryObjectStore Memory { get; } = new();

        public FailingObjectStore Disk { get; }

        private protected override void Configure(IServiceCollection services) => services.AddSingleton<IObjectStore>(Disk);
    }
}
