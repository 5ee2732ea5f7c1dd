using Microsoft.Extensions.Time.Testing;

namespace Plumbline.Testing;

/// <summary>A clock that tests move by hand, on a Monday morning unless they say otherwise.</summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : FakeTimeProvider(start)
{
    public ManualTimeProvider() : this(new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero)) { }
}
