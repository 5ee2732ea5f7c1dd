using Plumbline.Contracts.Access;

namespace Plumbline.Features.Access.State;

/// <summary>
/// Failed sign-ins for one address by where they came from. A browser that the person has signed in with before, and each network, wait for their own
/// failures alone. All networks together have a limit too, or whoever has many could go on guessing; it does not touch those browsers.
/// </summary>
internal sealed class AttemptsBySource(AccessOptions options)
{
    private const int MostSources = 1_000;
    private readonly Dictionary<string, SignInAttempts> _sources = new(StringComparer.Ordinal);
    private SignInAttempts _strangers = new();

    /// <summary>Counts an attempt, or tells how long to wait.</summary>
    public TimeSpan? Begin(SignInSource source, DateTimeOffset now)
    {
        var key = KeyOf(source);
        var (own, wait) = Of(key).Begin(now, options, options.MaxFailedSignIns);
        if (wait is not null) return wait;
        if (source.Device is null)
        {
            (_strangers, wait) = _strangers.Begin(now, options, options.MaxFailedSignInsOfStrangers);
            if (wait is not null) return wait;
        }
        Keep(key, own, now);
        return null;
    }

    /// <summary>The last attempt from there was right: what failed before it were the person's own mistakes.</summary>
    public void Succeeded(SignInSource source)
    {
        if (!_sources.Remove(KeyOf(source), out var own) || source.Device is not null) return;
        var failures = Math.Max(0, _strangers.Failures - own.Failures);
        _strangers = new() { Failures = failures, LockedUntil = failures < options.MaxFailedSignInsOfStrangers ? null : _strangers.LockedUntil };
    }

    private static string KeyOf(SignInSource source) => source.Device is { } device ? $"device {device}" : $"network {source.Network}";

    private SignInAttempts Of(string key) => _sources.GetValueOrDefault(key) ?? new SignInAttempts();

    private void Keep(string key, SignInAttempts attempts, DateTimeOffset now)
    {
        if (_sources.Count >= MostSources && !_sources.ContainsKey(key)) Forget(now);
        _sources[key] = attempts;
    }

    /// <summary>Makes room: those who need not wait begin anew.</summary>
    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, _) in _sources.Where(s => !(s.Value.LockedUntil > now)).ToArray()) _sources.Remove(key);
        if (_sources.Count >= MostSources) _sources.Clear();
    }
}
