using Plumbline.Contracts.Access;
using Plumbline.Features.Kernel.Storage;

namespace Plumbline.Features.Access.Grains;

/// <summary>Whose session it is, and until when.</summary>
[GenerateSerializer, Alias("SessionState"), Immutable]
internal sealed record SessionState
{
    [Id(0)] public string? UserId { get; init; }

    [Id(1)] public DateTimeOffset ExpiresAt { get; init; }
}

[GrainType("session")]
internal sealed class SessionGrain([PersistentState("session", "grains")] IPersistentState<SessionState> stored, TimeProvider clock) : Grain, ISessionGrain
{
    public Task StartAsync(string userId, DateTimeOffset expiresAt) => stored.SaveAsync(new SessionState { UserId = userId, ExpiresAt = expiresAt });

    public async Task<string?> FindUserAsync()
    {
        if (stored.State.UserId is null) return null;
        if (stored.State.ExpiresAt > clock.GetUtcNow()) return stored.State.UserId;
        await EndAsync();
        return null;
    }

    public async Task EndAsync()
    {
        if (stored.RecordExists) await stored.ClearStateAsync();
        stored.State = new SessionState();
        DeactivateOnIdle();
    }
}
