using System.Reflection;
using Microsoft.Extensions.Options;

namespace Plumbline.Features.Tests;

/// <summary>Options that hold until the test ends, on a host that the other tests of its class use after it.</summary>
internal sealed class OptionsOfOneTest<TOptions> : IDisposable where TOptions : class
{
    private readonly TOptions _options;
    private readonly (PropertyInfo Property, object? Value)[] _before;

    public OptionsOfOneTest(IOptions<TOptions> options, Action<TOptions> set)
    {
        _options = options.Value;
        _before = [.. typeof(TOptions).GetProperties().Where(p => p.CanWrite).Select(p => (p, p.GetValue(_options)))];
        set(_options);
    }

    public void Dispose()
    {
        foreach (var (property, value) in _before) property.SetValue(_options, value);
    }
}
