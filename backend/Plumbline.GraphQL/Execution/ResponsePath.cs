namespace Plumbline.GraphQL.Execution;

/// <summary>Where in the answer writing is: keys and list positions. Costs nothing until an error needs it.</summary>
internal sealed class ResponsePath
{
    private (string? Key, int Index)[] _steps = new (string?, int)[16];
    private int _depth;

    public void Push(string key) => Push((key, 0));

    public void Push(int index) => Push((null, index));

    private void Push((string? Key, int Index) step)
    {
        if (_depth == _steps.Length) Array.Resize(ref _steps, _depth * 2);
        _steps[_depth++] = step;
    }

    public void Pop() => _depth--;

    public object[] ToArray() => Array.ConvertAll(_steps[.._depth], s => s.Key ?? (object)s.Index);
}
