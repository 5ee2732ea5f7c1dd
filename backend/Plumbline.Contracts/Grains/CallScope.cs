namespace Plumbline.Contracts.Grains;

/// <summary>What one request, or one call of a grain, may reach and has done so far. Follows the flow of awaits within its process; calls
/// to grains carry on what they need of it themselves.</summary>
public sealed class CallScope : IDisposable
{
    private static readonly AsyncLocal<CallScope?> Ambient = new();

    private readonly CallScope? _outer = Ambient.Value;
    private readonly Lock _turn = new();
    private readonly bool _isPart;
    private volatile string[] _tenants = [];
    private volatile bool _hasChanged;

    private CallScope(bool isPart)
    {
        _isPart = isPart;
        Ambient.Value = this;
    }

    /// <summary>The scope of whatever runs now; null where nothing began one.</summary>
    public static CallScope? Current => Ambient.Value;

    /// <summary>Whether something may have been changed since the scope began, so that a failure from now on must not be reported as if nothing was.</summary>
    public bool HasChanged => _hasChanged;

    /// <summary>Begins a scope, which holds until it is disposed in the same method.</summary>
    public static CallScope Begin() => new(isPart: false);

    /// <summary>Begins a part of the scope that acts for one tenant: for what the server does by itself.</summary>
    /// <param name="tenant">An organization, or a project as <c>organization/project</c>.</param>
    public static CallScope For(string tenant)
    {
        var scope = new CallScope(isPart: true);
        scope.Add(tenant);
        return scope;
    }

    /// <summary>Notes that the scope's caller was let in: by an organization, or by a project alone. Only what has checked that may say so.</summary>
    public static void Admit(string tenant) => Current?.Add(tenant);

    /// <summary>Notes that something was changed, or may have been.</summary>
    public static void NoteChange()
    {
        if (Current is { } scope) scope._hasChanged = true;
    }

    /// <summary>The tenant for which the scope may call the grain of a key; null when it has been let in by none that the key belongs to.</summary>
    public string? TenantFor(string grainKey)
    {
        foreach (var tenant in _tenants)
            if (Tenancy.Covers(tenant, grainKey)) return tenant;
        return null;
    }

    /// <summary>Ends the scope; the one around it holds again, and knows what was changed in a part of it.</summary>
    public void Dispose()
    {
        Ambient.Value = _outer;
        if (_isPart && _hasChanged) NoteChange();
    }

    private void Add(string tenant)
    {
        lock (_turn)
        {
            if (Array.IndexOf(_tenants, tenant) < 0) _tenants = [.. _tenants, tenant];
        }
    }
}
