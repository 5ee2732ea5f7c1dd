using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.State;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Access.Grains;

/// <inheritdoc cref="IApiKeyGrain"/>
/// <remarks>The time of the last use is written by a timer, off the path of the requests that use the key.</remarks>
[GrainType("apikey")]
internal sealed class ApiKeyGrain(
    [PersistentState("apikey", "grains")] IPersistentState<ApiKeyState> stored, IOptions<AccessOptions> options, TimeProvider clock) : Grain, IApiKeyGrain
{
    private DateTimeOffset? _lastUse;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var interval = options.Value.LastUsedPrecision;
        this.RegisterGrainTimer(WriteLastUseAsync, interval, interval);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => WriteLastUseAsync();

    public Task CreateAsync(NewApiKey key) => stored.State.Exists ? Task.CompletedTask : stored.SaveAsync(ApiKeyState.From(key, clock.GetUtcNow()));

    public Task<ApiKeyView?> FindAsync() => Task.FromResult(stored.State.Exists ? View() : null);

    public Task<ApiKeyView?> UseAsync()
    {
        var now = clock.GetUtcNow();
        if (!stored.State.MayBeUsed(now)) return Task.FromResult<ApiKeyView?>(null);
        _lastUse = now;
        return Task.FromResult<ApiKeyView?>(View());
    }

    public async Task<ApiKeyView> RevokeAsync()
    {
        if (!stored.State.Exists) throw Failure.NotFound();
        if (stored.State.RevokedAt is null)
            await stored.SaveAsync(stored.State with { RevokedAt = clock.GetUtcNow(), LastUsedAt = _lastUse ?? stored.State.LastUsedAt });
        return View();
    }

    public async Task<ApiKeyView> PassOnAsync(string personId)
    {
        if (!stored.State.Exists) throw Failure.NotFound();
        if (stored.State.ActsForId != personId) await stored.SaveAsync(stored.State with { ActsForId = personId });
        return View();
    }

    public async Task WithdrawAsync(RequestKey request)
    {
        if (!stored.State.Exists) return;
        request.RequireSame(stored.State.RequestContent);
        if (View() is { LastUsedAt: not null } or { RevokedAt: not null })
            throw Failure.Conflict(
                "The key that this request made is in use or revoked, so its secret is not shown again. Create another key with a new requestId.");
        await stored.ClearStateAsync();
        stored.State = new ApiKeyState();
    }

    private ApiKeyView View() => stored.State.View() with { LastUsedAt = _lastUse ?? stored.State.LastUsedAt };

    private async Task WriteLastUseAsync()
    {
        if (_lastUse is not { } used || used - (stored.State.LastUsedAt ?? DateTimeOffset.MinValue) < options.Value.LastUsedPrecision) return;
        await stored.SaveAsync(stored.State with { LastUsedAt = used });
    }
}
